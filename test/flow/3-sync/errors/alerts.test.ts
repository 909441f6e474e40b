import { TABLE_MAPS } from '../../../../src/entities/dual-write';
import { DELIVERY_TRIES_MAX } from '../../../../src/flow/3-sync/errors/alerts/alert.limits';
import { deliverAlerts } from '../../../../src/flow/3-sync/errors/alerts/deliver-alerts';
import { signedHeaders } from '../../../../src/flow/3-sync/errors/alerts/sign-webhook';
import { ask } from '../../../support/api';
import { buildWorld, type World } from '../../../support/builders';
import { onBothEngines, type TestGateway } from '../../../support/engines';
import { ERRORS } from '../../../support/process';
import { mapNamed, operate } from '../operate/operating';
import { clearErrors, deleteRows, sync } from '../rungs';
import { later } from './broken-system';
import { isSigned, receiver } from './webhook-receiver';

const { actuals } = TABLE_MAPS;
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const MINUTE = 60_000;

it('ALERT-04 signs as the specification of Standard Webhooks does', () => {
  const headers = signedHeaders(SECRET, { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: new Date(1_614_265_330_000), body: '{"test": 2432232314}' });
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  expect(headers['webhook-timestamp']).toBe('1614265330');
});

onBothEngines('alert rules', (gateway) => {
  let world: World;
  let rules: { id: string }[] = [];
  beforeEach(async () => {
    await clearErrors(gateway());
    world = await buildWorld(gateway());
    await deleteRows(gateway(), 'Projects', 'ProjectId', world.facts.projects.timeAndMaterial.number);
  });
  afterEach(async () => {
    for (const { id } of rules) await ask(gateway(), `mutation { deleteAlertRule(input: { ruleId: "${id}" }) { ${ERRORS} } }`);
    rules = [];
    const { status } = await mapNamed(gateway(), actuals);
    if (status !== 'RUNNING') await operate(gateway(), 'runTableMaps', [actuals]);
    await sync(gateway());
  });

  const create = async (more: object = {}) => {
    const input = { name: 'Too many', mapName: actuals, threshold: 2, minutes: 10, errorClass: 'ANY', action: 'NOTIFY', ...more };
    const { createAlertRule } = await ask(gateway(), `mutation ($input: CreateAlertRuleInput!) {
      createAlertRule(input: $input) { alertRule { id name version webhookUrl } ${ERRORS} }
    }`, { input });
    if (createAlertRule.alertRule) rules.push(createAlertRule.alertRule);
    return createAlertRule;
  };
  const alerts = async (at: TestGateway = gateway()) => (await ask(at, `{ alerts(filter: { ruleName: { eq: "Too many" } }) {
    nodes { mapName failures action sentence delivery attempts nextTryOn deliveredOn lastFailure rule { id } }
  } }`)).alerts.nodes.filter((alert: { rule: unknown }) => alert.rule !== null);

  it('ALERT-01 fires once within its minutes when the threshold is reached, and again after them', async () => {
    await create({ threshold: 3 });
    await world.unbilled();
    await sync(gateway());
    expect(await alerts()).toEqual([]);
    await world.unbilled();
    await sync(gateway());
    expect(await alerts()).toMatchObject([{ mapName: actuals, failures: 4, delivery: 'NONE', action: 'NOTIFY' }]);
    await world.unbilledMany(3);
    await sync(later(gateway(), MINUTE));
    expect(await alerts()).toHaveLength(1);
    await world.unbilledMany(3);
    await sync(later(gateway(), 11 * MINUTE));
    expect(await alerts()).toHaveLength(2);
  });

  it.each([['PAUSE', 'PAUSED'], ['STOP', 'STOPPED']])('ALERT-02 with %s leaves the map in the middle of the run and keeps its queue', async (action, status) => {
    await create({ action, threshold: 100 });
    await world.unbilledMany(700);
    const { run } = await sync(gateway());
    expect(run.message).toContain(`Paused or stopped meanwhile, queue kept: ${actuals}`);
    const { tableMap } = await ask(gateway(), `{ tableMap(name: "${actuals}") {
      status queue { changeSets } errors(first: 1) { totalCount } activities(first: 9) { nodes { kind actor } }
    } }`);
    expect(tableMap).toMatchObject({ status, queue: { changeSets: 1 }, errors: { totalCount: 500 } });
    expect(tableMap.activities.nodes).toEqual(expect.arrayContaining([{ kind: 'ALERT_FIRED', actor: 'test' }, { kind: status, actor: 'alert rule Too many' }]));
  });

  it('ALERT-12 counts what fails in an initial sync, and gives it up where the rule stops the map', async () => {
    await create({ action: 'STOP', threshold: 100 });
    await operate(gateway(), 'stopTableMaps', [actuals]);
    await world.unbilledMany(700);
    await operate(gateway(), 'runTableMaps', [{ name: actuals }], { tableMaps: [{ name: actuals, initialSync: true }] });
    expect(await alerts()).toMatchObject([{ mapName: actuals, action: 'STOP', sentence: expect.stringMatching(/fires at 100: stopped\.$/) }]);
    expect(await mapNamed(gateway(), actuals)).toMatchObject({ status: 'STOPPED' });
    const { tableMap } = await ask(gateway(), `{ tableMap(name: "${actuals}") { activities(first: 20) { nodes { kind sentence } } } }`);
    expect(tableMap.activities.nodes).toContainEqual({ kind: 'STOPPED', sentence: expect.stringMatching(/Its initial sync was given up after \d+ of \d+ records/) });
  });

  it('ALERT-03 ALERT-04 sends a signed notification, again after growing pauses under the same id, until the receiver takes it', async () => {
    const { url, received, close } = await receiver(500, 503, 204);
    try {
      await create({ webhookUrl: url, webhookSecret: SECRET });
      await world.unbilled();
      await sync(gateway());
      expect(await alerts()).toMatchObject([{ delivery: 'PENDING', attempts: 0, lastFailure: null }]);
      await deliverAlerts(gateway().context);
      expect(await alerts()).toMatchObject([{ delivery: 'PENDING', attempts: 1, lastFailure: 'The receiver answered 500.' }]);
      await deliverAlerts(gateway().context);
      expect(received).toHaveLength(1);
      await deliverAlerts(later(gateway(), 2_000).context);
      await deliverAlerts(later(gateway(), 10_000).context);
      await deliverAlerts(later(gateway(), 60_000).context);
      expect(await alerts()).toMatchObject([{ delivery: 'DELIVERED', attempts: 3, lastFailure: null }]);
      expect(received.map((one) => isSigned(SECRET, one))).toEqual([true, true, true]);
      expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
      expect(JSON.parse(received[0]!.body)).toMatchObject({
        type: 'alert.fired', data: { tableMap: actuals, failures: 2, topErrors: [{ code: 'LOOKUP_NOT_FOUND', count: 2 }] },
      });
      expect(isSigned(SECRET, { ...received[0]!, body: `${received[0]!.body} ` })).toBe(false);
    } finally {
      await close();
    }
  });

  it('ALERT-05 gives a notification up that nobody takes, and says why', async () => {
    const { url, close } = await receiver(200);
    await close();
    await create({ webhookUrl: url, webhookSecret: SECRET });
    await world.unbilled();
    await sync(gateway());
    for (let tries = 0; tries < DELIVERY_TRIES_MAX; tries += 1) await deliverAlerts(later(gateway(), tries * 10 * MINUTE).context);
    expect(await alerts()).toMatchObject([{ delivery: 'FAILED', attempts: DELIVERY_TRIES_MAX, nextTryOn: null, lastFailure: expect.stringContaining('ECONNREFUSED') }]);
  });

  it('ALERT-06 refuses bad rules field by field, and changes under the version only', async () => {
    const bad = await create({ name: ' ', mapName: 'No map', threshold: 0, minutes: 20_000, webhookUrl: 'ftp://host', webhookSecret: 'whsec_c2hvcnQ=' });
    expect(bad.alertRule).toBeNull();
    expect(bad.errors.map(({ path }: { path: string[] }) => path.at(-1)).sort()).toEqual(['mapName', 'minutes', 'name', 'threshold', 'webhookSecret', 'webhookUrl']);
    const { alertRule } = await create();
    expect((await create()).errors).toMatchObject([{ code: 'INVALID_INPUT', path: ['input', 'name'] }]);
    const update = (input: object) => ask(gateway(), `mutation ($input: UpdateAlertRuleInput!) {
      updateAlertRule(input: $input) { alertRule { threshold mapName version } ${ERRORS} }
    }`, { input: { ruleId: alertRule.id, ...input } });
    expect((await update({ threshold: 7, mapName: null, expectedVersion: 1 })).updateAlertRule.alertRule).toEqual({ threshold: 7, mapName: null, version: 2 });
    expect((await update({ threshold: 8, expectedVersion: 1 })).updateAlertRule.errors).toMatchObject([{ code: 'CONFLICT' }]);
  });
});
