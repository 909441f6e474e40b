export * from './enums';
export * from './idempotency.entity';
export * from './loaded-record.entity';
export * from './number-sequence.entity';
export * from './periodic-job.entity';
export * from './secret.entity';
export * from './write-lock.entity';
