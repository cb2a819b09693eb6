import { decisionCommand } from '../decision-command.ts';

export const ordersRelease = decisionCommand(
	'release',
	'Let held or ignored orders go on'
);
