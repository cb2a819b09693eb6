import { decisionCommand } from '../decision-command.ts';

export const ordersIgnore = decisionCommand(
	'ignore',
	'Never push these orders'
);
