export * from './map-names';
export * from './enums';
export * from './run-map.entity';
export * from './run.entity';
export * from './sync-error.entity';
export * from './sync-log-entry.entity';
export * from './table-map-field.entity';
export * from './table-map.entity';
