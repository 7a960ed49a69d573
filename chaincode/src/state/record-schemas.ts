export { RECORD_SCHEMAS, type OrderOf, type RecordOf } from '@tallystick/protocol';
