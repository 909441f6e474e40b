import { setTimeout as pause } from 'node:timers/promises';
import { TABLE_MAPS } from '../../../../src/entities/dual-write';
import { DELIVERY_LEASE_MS } from '../../../../src/flow/3-sync/errors/alerts/alert.limits';
import { deliverAlerts } from '../../../../src/flow/3-sync/errors/alerts/deliver-alerts';
import { keepDelivering } from '../../../../src/flow/3-sync/errors/alerts/keep-delivering';
import { watchAlerts } from '../../../../src/flow/3-sync/errors/alerts/watch-alerts';
import { claimDelivery, endDelivery } from '../../../../src/stores/dual-write/alert.store';
import { leaseAt } from '../../../../src/stores/lease';
import { AlertDelivery } from '../../../../src/entities/dual-write/enums';
import { Database } from '../../../../src/stores/unit-of-work';
import { ask } from '../../../support/api';
import { buildWorld, type World } from '../../../support/builders';
import { contextOn, onBothEngines } from '../../../support/engines';
import { ERRORS } from '../../../support/process';
import { mapNamed, operate } from '../operate/operating';
import { clearErrors, deleteRows, sync } from '../rungs';
import { later } from './broken-system';
import { isSigned, receiver, type Answer } from './webhook-receiver';

const { actuals } = TABLE_MAPS;
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const ANSWER_MS = 200;

onBothEngines('the delivery of alerts', (gateway) => {
  let world: World;
  let ruleId: string | null = null;
  beforeEach(async () => {
    await clearErrors(gateway());
    world = await buildWorld(gateway());
    await deleteRows(gateway(), 'Projects', 'ProjectId', world.facts.projects.timeAndMaterial.number);
  });
  const deleteRule = async () => {
    if (ruleId) await ask(gateway(), `mutation { deleteAlertRule(input: { ruleId: "${ruleId}" }) { ${ERRORS} } }`);
    ruleId = null;
  };
  afterEach(async () => {
    await deleteRule();
    if ((await mapNamed(gateway(), actuals)).status !== 'RUNNING') await operate(gateway(), 'runTableMaps', [actuals]);
    await sync(gateway());
  });

  const createRule = async (more: object = {}) => {
    const input = { name: 'Too many', mapName: actuals, threshold: 2, minutes: 10, errorClass: 'ANY', action: 'NOTIFY', ...more };
    const { createAlertRule } = await ask(gateway(), `mutation ($input: CreateAlertRuleInput!) { createAlertRule(input: $input) { alertRule { id } ${ERRORS} } }`, { input });
    ruleId = createAlertRule.alertRule.id;
  };
  const alerts = async () => (await ask(gateway(), `{ alertRule(id: "${ruleId}") { alerts(first: 50) { nodes { id delivery attempts nextTryOn lastFailure } } } }`)).alertRule.alerts.nodes;
  const activities = async (kind: string) => (await ask(gateway(), `{ tableMapActivities(first: 100, filter: { kind: { eq: ${kind} }, mapName: { eq: "${actuals}" } }) { totalCount } }`)).tableMapActivities.totalCount;
  /** A rule that has fired, with a receiver that gives these answers. */
  const fired = async (...answers: readonly Answer[]) => {
    const place = await receiver(...answers);
    await createRule({ webhookUrl: place.url, webhookSecret: SECRET });
    await world.unbilled();
    await sync(gateway());
    return place;
  };
  const again = async (alertId: string, more: object = {}) => (await ask(gateway(), `mutation ($input: SendAlertAgainInput!) {
    sendAlertAgain(input: $input) { alert { id delivery attempts nextTryOn } ${ERRORS} } }`, { input: { alertId, ...more } })).sendAlertAgain;

  it('ALERT-07 of several processes that see a rule come up at once, one fires it and one pauses the map', async () => {
    await world.unbilledMany(5);
    await sync(gateway());
    await createRule({ action: 'PAUSE' });
    const [before, pausedBefore] = [await activities('ALERT_FIRED'), await activities('PAUSED')];
    const others = await Promise.all([1, 2, 3].map(() => Database.open(gateway().location)));
    try {
      // Each has a clock and ids of its own, as another process has.
      const contexts = [gateway().context, ...others.map((database, index) => ({ ...contextOn(database, new Date(Date.parse('2026-06-30T12:00:00.000Z') + index + 1)) }))];
      await Promise.all(contexts.flatMap((context) => [watchAlerts(context, [actuals]), watchAlerts(context, [actuals])]));
    } finally {
      await Promise.all(others.map((database) => database.close()));
    }
    expect(await alerts()).toHaveLength(1);
    expect([await activities('ALERT_FIRED') - before, await activities('PAUSED') - pausedBefore]).toEqual([1, 1]);
    expect((await mapNamed(gateway(), actuals)).status).toBe('PAUSED');
  });

  it('ALERT-08 a notification whose process died while it sent is sent by another one after the lease, under the same id', async () => {
    const place = await fired(204);
    try {
      const died = leaseAt(gateway().context.clock.now(), gateway().context.ids.next(), DELIVERY_LEASE_MS);
      const claimed = await gateway().database.write((work) => claimDelivery(work, died));
      await deliverAlerts(later(gateway(), DELIVERY_LEASE_MS - 1).context);
      expect(place.received).toEqual([]);
      const others = await Promise.all([Database.open(gateway().location), Database.open(gateway().location)]);
      const { clock } = later(gateway(), DELIVERY_LEASE_MS).context;
      await Promise.all(others.map((database) => deliverAlerts({ ...contextOn(database), clock })));
      await Promise.all(others.map((database) => database.close()));
      expect(place.received.map(({ headers }) => headers['webhook-id'])).toEqual([claimed!.id]);
      expect(place.received.map((one) => isSigned(SECRET, one))).toEqual([true]);
      // Should it wake after all, its end changes nothing.
      await gateway().database.write((work) => endDelivery(work, claimed!.id, died.owner, {
        delivery: AlertDelivery.PENDING, nextTryOn: died.now, deliveredOn: null, lastFailure: 'late',
      }));
      expect(await alerts()).toMatchObject([{ delivery: 'DELIVERED', attempts: 2, lastFailure: null }]);
    } finally {
      await place.close();
    }
  });

  it('ALERT-09 a gateway without a worker sends what is due, also the next try, and no sync waits for the receiver', async () => {
    const place = await fired('nothing');
    const stop = keepDelivering(later(gateway(), 1).context);
    try {
      for (let look = 0; look < 50 && place.received.length === 0; look += 1) await pause(100);
      expect(place.received).toHaveLength(1);
    } finally {
      await place.close();
      await stop();
    }
    expect(await alerts()).toMatchObject([{ delivery: 'PENDING', attempts: 1 }]);
  });

  it('ALERT-10 gives a receiver up that does not answer in time, and sends again', async () => {
    const place = await fired('nothing', 204);
    try {
      await deliverAlerts(gateway().context, ANSWER_MS);
      expect(await alerts()).toMatchObject([{ delivery: 'PENDING', attempts: 1, lastFailure: expect.stringContaining('timeout') }]);
      await deliverAlerts(later(gateway(), 2_000).context, ANSWER_MS);
      expect(await alerts()).toMatchObject([{ delivery: 'DELIVERED', attempts: 2, lastFailure: null }]);
      expect(new Set(place.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    } finally {
      await place.close();
    }
  });

  it('ALERT-10 does not follow a redirect: nobody else gets the notification', async () => {
    const elsewhere = await receiver(204);
    const place = await fired({ redirectTo: elsewhere.url });
    try {
      await deliverAlerts(gateway().context);
      expect(await alerts()).toMatchObject([{ delivery: 'PENDING', lastFailure: 'The receiver answered 307, a redirect, which is not followed.' }]);
      expect([place.received.length, elsewhere.received.length]).toEqual([1, 0]);
    } finally {
      await Promise.all([place.close(), elsewhere.close()]);
    }
  });

  it('ALERT-11 sends a notification again that was given up, under the same id, and refuses any other', async () => {
    const place = await fired(...Array.from({ length: 20 }, () => 500), 204);
    try {
      const [{ id }] = await alerts();
      expect((await again(id)).errors).toMatchObject([{ code: 'INVALID_STATE', path: ['input', 'alertId'] }]);
      for (let tries = 0; tries < 20; tries += 1) await deliverAlerts(later(gateway(), tries * 600_000).context);
      expect(await alerts()).toMatchObject([{ delivery: 'FAILED', attempts: 20 }]);
      const key = { idempotencyKey: `again ${id}` };
      expect(await again(id, key)).toMatchObject({ alert: { id, delivery: 'PENDING', attempts: 0 }, errors: [] });
      expect(await again(id, key)).toMatchObject({ errors: [] });
      expect(await activities('ALERT_SENT_AGAIN')).toBe(1);
      await deliverAlerts(gateway().context);
      expect(await alerts()).toMatchObject([{ delivery: 'DELIVERED', attempts: 1 }]);
      expect(new Set(place.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
      expect((await again(id)).errors).toMatchObject([{ code: 'INVALID_STATE' }]);
      expect((await again(Buffer.from('Alert:nobody').toString('base64url'))).errors).toMatchObject([{ code: 'NOT_FOUND', path: ['input', 'alertId'] }]);
    } finally {
      await place.close();
    }
  });

  it('ALERT-11 refuses to send again what has no rule or no webhook any more', async () => {
    const place = await fired(500);
    try {
      for (let tries = 0; tries < 20; tries += 1) await deliverAlerts(later(gateway(), tries * 600_000).context);
      const [{ id }] = await alerts();
      await ask(gateway(), `mutation { updateAlertRule(input: { ruleId: "${ruleId}", webhookUrl: null, webhookSecret: null }) { ${ERRORS} } }`);
      expect((await again(id)).errors).toMatchObject([{ code: 'INVALID_INPUT', message: expect.stringContaining('no webhook any more') }]);
      await deleteRule();
      expect((await again(id)).errors).toMatchObject([{ code: 'NOT_FOUND', message: expect.stringContaining('alert rule') }]);
    } finally {
      await place.close();
    }
  });
});
