param topicName string
param storageAccountId string
param functionAppId string

@allowed(['queue', 'direct'])
param eventDelivery string

// Never expiring: an event waits for the app, however long the app is down.
var toQueue = {
  deliveryWithResourceIdentity: {
    identity: {
      type: 'SystemAssigned'
    }
    destination: {
      endpointType: 'StorageQueue'
      properties: {
        resourceId: storageAccountId
        queueName: 'resource-events'
        queueMessageTimeToLiveInSeconds: -1
      }
    }
  }
}

var toFunction = {
  destination: {
    endpointType: 'AzureFunction'
    properties: {
      resourceId: '${functionAppId}/functions/resourceEventsDirect'
    }
  }
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' existing = {
  name: topicName
}

resource eventSubscriptions 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15' = [
  for it in items(loadJsonContent('../event-operations.json')): {
    parent: topic
    name: it.key
    properties: {
      ...(eventDelivery == 'queue' ? toQueue : toFunction)
      eventDeliverySchema: 'EventGridSchema'
      filter: {
        includedEventTypes: [
          'Microsoft.Resources.ResourceWriteSuccess'
          'Microsoft.Resources.ResourceDeleteSuccess'
        ]
        advancedFilters: [
          {
            operatorType: 'StringIn'
            key: 'data.operationName'
            values: it.value
          }
        ]
      }
      deadLetterWithResourceIdentity: {
        identity: {
          type: 'SystemAssigned'
        }
        deadLetterDestination: {
          endpointType: 'StorageBlob'
          properties: {
            resourceId: storageAccountId
            blobContainerName: 'deadletter'
          }
        }
      }
    }
  }
]
