import { decisionCommand } from '../decision-command.ts';

export const ordersHold = decisionCommand(
	'hold',
	'Keep orders from being pushed until they are released'
);
