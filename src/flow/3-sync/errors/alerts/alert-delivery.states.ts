import { AlertDelivery } from '../../../../entities/dual-write';
import { checkStateTable, type StateTable } from '../../../../kernel/state-table';

/**
 * NONE: the rule had no webhook when it fired. PENDING: to be sent, for the first time or again after a pause. DELIVERED: the receiver has
 * taken it. FAILED: it was refused too often, or its rule was deleted; somebody may have it sent again.
 */
export const ALERT_DELIVERY_STATES: StateTable<AlertDelivery, 'deliver' | 'putOff' | 'giveUp' | 'sendAgain'> = {
  [AlertDelivery.NONE]: {},
  [AlertDelivery.PENDING]: { deliver: AlertDelivery.DELIVERED, putOff: AlertDelivery.PENDING, giveUp: AlertDelivery.FAILED },
  [AlertDelivery.DELIVERED]: {},
  [AlertDelivery.FAILED]: { sendAgain: AlertDelivery.PENDING },
};

checkStateTable('notification of an alert', ALERT_DELIVERY_STATES);
