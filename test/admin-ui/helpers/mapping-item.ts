import type { MappingItem } from '../../../src/contracts/answers.ts';

export function anItem( more: Partial< MappingItem > = {} ): MappingItem {
	return {
		kind: 'sku',
		code: 'sku-missing',
		level: 'error',
		store: 'MUG-1',
		name: null,
		brightpearl: null,
		proposal: null,
		message: 'Brightpearl has no such product.',
		orders: null,
		...more,
	};
}
