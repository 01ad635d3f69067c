targetScope = 'subscription'

param token string
param principalId string
param mayRepair bool

var reader = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
var roleDefinitionId = mayRepair
  ? remediator.id
  : subscriptionResourceId('Microsoft.Authorization/roleDefinitions', reader)

// A deployment removes no assignment: going back to observe takes the writes out of the role instead.
resource remediator 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(subscription().id, token, 'remediator')
  properties: {
    roleName: 'Airlock remediator ${token}'
    description: 'What Airlock reads, and the writes that its repairs send.'
    type: 'CustomRole'
    assignableScopes: [subscription().id]
    permissions: [
      {
        actions: mayRepair ? loadJsonContent('../remediator-actions.json') : ['*/read']
      }
    ]
  }
}

resource assignment 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id, principalId, roleDefinitionId)
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: roleDefinitionId
  }
}
