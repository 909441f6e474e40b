export * from './dataverse';
export * from './dual-write';
export * from './finance';
export * from './gateway';
