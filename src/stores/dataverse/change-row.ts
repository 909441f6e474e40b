export { changeRow } from '../change-row';
