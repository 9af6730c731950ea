/** CXL r3.1 Section 8.1: what is where in the DVSECs, by id. */
import { DEVICE_DVSEC_ROWS, DVSEC_ID, REGISTER_LOCATOR_ROWS } from './dvsec';
import { FLEX_BUS_PORT_ROWS, GPF_DEVICE_ROWS, GPF_PORT_ROWS, PORT_EXTENSIONS_ROWS } from './port-dvsec';

export const DVSECS = {
  [DVSEC_ID.device]: DEVICE_DVSEC_ROWS,
  [DVSEC_ID.portExtensions]: PORT_EXTENSIONS_ROWS,
  [DVSEC_ID.gpfPort]: GPF_PORT_ROWS,
  [DVSEC_ID.gpfDevice]: GPF_DEVICE_ROWS,
  [DVSEC_ID.flexBusPort]: FLEX_BUS_PORT_ROWS,
  [DVSEC_ID.registerLocator]: REGISTER_LOCATOR_ROWS,
} as const;
