// node receive.mjs SUBSCRIPTION: takes one message with Google's client, acknowledges it and prints its attributes as JSON.
import { PubSub } from '@google-cloud/pubsub';

const [name] = process.argv.slice(2);
const client = new PubSub({ projectId: name.split('/')[1] });
const subscription = client.subscription(name);
const message = await new Promise((resolve, reject) => {
  subscription.once('message', resolve);
  subscription.once('error', reject);
});
message.ack();
await subscription.close();
await client.close();
console.log(JSON.stringify(message.attributes));
