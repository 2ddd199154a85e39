// Usage: node check.mjs URL MODE
// With MODE apiEndpoint the client is told of the server by its option, with any other by STORAGE_EMULATOR_HOST.
// Every step prints a line; the first that fails ends the script with exit code 1.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { IdempotencyStrategy, Storage, TransferManager } from '@google-cloud/storage';

const [url, mode] = process.argv.slice(2);
const storage = new Storage({
  projectId: 'project',
  retryOptions: { idempotencyStrategy: IdempotencyStrategy.RetryAlways },
  ...(mode === 'apiEndpoint' ? { apiEndpoint: url } : {}),
});
const bucket = storage.bucket(`fidelity-${mode.toLowerCase()}`);
const bytes = (count) => Buffer.from(Uint8Array.from({ length: count }, (_, index) => index * 31 + (index >> 8)));
const quantum = 256 * 1024;

const fault = async (body) => {
  const response = await fetch(`${url}/_emulator/faults`, { method: 'POST', body: JSON.stringify(body) });
  assert.equal(response.status, 204);
};

const steps = {
  async 'create bucket'() {
    await bucket.create();
    assert.deepEqual(await bucket.exists(), [true]);
  },

  async 'simple upload and download'() {
    const file = bucket.file('a/with space & ü.bin');
    await file.save(bytes(1000), { resumable: false, metadata: { contentType: 'text/csv', metadata: { owner: 'me' } } });
    assert.deepEqual((await file.download())[0], bytes(1000));
    const [metadata] = await file.getMetadata();
    assert.equal(metadata.size, '1000');
    assert.equal(metadata.contentType, 'text/csv');
    assert.equal(metadata.metadata.owner, 'me');
  },

  async 'resumable upload in one request'() {
    const file = bucket.file('a/resumable');
    await file.save(bytes(3 * quantum + 5), { resumable: true });
    assert.deepEqual((await file.download())[0], bytes(3 * quantum + 5));
  },

  async 'resumable upload in several chunks'() {
    for (const size of [3 * quantum + 5, 2 * quantum]) {
      const file = bucket.file(`a/b/chunks-${size}`);
      await pipeline(Readable.from([bytes(size)]), file.createWriteStream({ resumable: true, chunkSize: quantum }));
      assert.deepEqual((await file.download())[0], bytes(size));
    }
  },

  async 'resumable upload survives a reset connection'() {
    const name = 'c/interrupted';
    await fault({ method: 'PUT', objectName: name, first: 2, effect: { kind: 'reset', afterBytes: 1000 } });
    await pipeline(
      Readable.from([bytes(3 * quantum + 5)]),
      bucket.file(name).createWriteStream({ resumable: true, chunkSize: quantum }),
    );
    assert.deepEqual((await bucket.file(name).download())[0], bytes(3 * quantum + 5));
  },

  async 'list with prefix and delimiter'() {
    const [files, , response] = await bucket.getFiles({ prefix: 'a/', delimiter: '/', autoPaginate: false });
    assert.deepEqual(files.map((file) => file.name), ['a/resumable', 'a/with space & ü.bin']);
    assert.deepEqual(response.prefixes, ['a/b/']);
  },

  async 'list page by page'() {
    const names = [];
    let query = { maxResults: 2, autoPaginate: false };
    while (query) {
      const [files, next] = await bucket.getFiles(query);
      assert.ok(files.length <= 2);
      names.push(...files.map((file) => file.name));
      query = next;
    }
    assert.equal(names.length, 5);
    assert.deepEqual(names, (await bucket.getFiles())[0].map((file) => file.name));
  },

  async 'ranged download'() {
    const file = bucket.file('a/resumable');
    assert.deepEqual(await buffer(file.createReadStream({ start: 10, end: 99 })), bytes(100).subarray(10));
    assert.deepEqual(await buffer(file.createReadStream({ end: -5 })), bytes(3 * quantum + 5).subarray(-5));
  },

  async 'parallel ranged download with validation'() {
    // The client takes objects up to 32 MiB in one range.
    const content = Buffer.alloc(40 * 1024 * 1024, 'a pattern of 29 bytes, so odd');
    await bucket.file('g/large').save(content, { resumable: true });
    const folder = await mkdtemp(join(tmpdir(), 'fidelity-'));
    const destination = join(folder, 'file');
    await new TransferManager(bucket).downloadFileInChunks('g/large', { destination, chunkSizeBytes: content.length / 5, validation: 'crc32c' });
    assert.ok(content.equals(await readFile(destination)));
    await rm(folder, { recursive: true });
  },

  async 'download finds wrong bytes'() {
    await fault({ objectName: 'a/resumable', media: true, effect: { kind: 'wrongBytes', at: 7 } });
    await assert.rejects(bucket.file('a/resumable').download(), { code: 'CONTENT_DOWNLOAD_MISMATCH' });
  },

  async 'metadata is asked again after 503'() {
    await fault({ objectName: 'a/resumable', effect: { kind: 'status', code: 503 } });
    assert.equal((await bucket.file('a/resumable').getMetadata())[0].size, String(3 * quantum + 5));
  },

  async 'gzip upload and download'() {
    const file = bucket.file('d/gzip');
    await file.save(bytes(5000), { gzip: true, resumable: false });
    assert.equal((await file.getMetadata())[0].contentEncoding, 'gzip');
    assert.deepEqual((await file.download())[0], bytes(5000));
  },

  async 'preconditions'() {
    const file = bucket.file('e/once');
    await file.save('1', { resumable: false, preconditionOpts: { ifGenerationMatch: 0 } });
    await assert.rejects(file.save('2', { resumable: false, preconditionOpts: { ifGenerationMatch: 0 } }), { code: 412 });
    const [metadata] = await file.getMetadata();
    await assert.rejects(file.delete({ ifGenerationMatch: Number(metadata.generation) + 1 }), { code: 412 });
    await file.delete({ ifGenerationMatch: metadata.generation });
    await assert.rejects(file.download(), { code: 404 });
  },

  async 'compose'() {
    await bucket.combine(['a/with space & ü.bin', 'd/gzip'].map((name) => bucket.file(name)), bucket.file('f/composed'));
    assert.equal((await bucket.file('f/composed').getMetadata())[0].componentCount, 2);
  },

  async 'delete all and the bucket'() {
    await bucket.deleteFiles();
    assert.deepEqual((await bucket.getFiles())[0], []);
    await bucket.delete();
    assert.deepEqual(await bucket.exists(), [false]);
  },
};

for (const [name, run] of Object.entries(steps)) {
  try {
    await run();
    console.log(`ok ${name}`);
  } catch (error) {
    console.log(`failed ${name}: ${error.stack}`);
    process.exit(1);
  }
}
