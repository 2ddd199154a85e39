// node publish.mjs TOPIC JOB: publishes a notification with Google's client. TOPIC is projects/PROJECT/topics/ID.
import { PubSub } from '@google-cloud/pubsub';

const [topic, job] = process.argv.slice(2);
const client = new PubSub({ projectId: topic.split('/')[1] });
await client.topic(topic).publishMessage({ attributes: { job } });
await client.close();
