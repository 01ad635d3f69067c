param name string
param exists bool

resource existingTopic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = if (exists) {
  name: name
}

resource newTopic 'Microsoft.EventGrid/systemTopics@2025-02-15' = if (!exists) {
  name: name
  location: 'global'
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    source: subscription().id
    topicType: 'Microsoft.Resources.Subscriptions'
  }
}

output principalId string = exists ? existingTopic!.identity.principalId : newTopic!.identity.principalId
