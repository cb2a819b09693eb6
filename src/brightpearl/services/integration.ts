/**
 * Account configuration and the app's own instance (platform reference, §6.5 and §6.6).
 */
import { z } from 'zod';
import type { Result } from '../../contracts/result.ts';
import type { AccountConfiguration } from '../api.ts';
import { read } from '../answers/decode.ts';
import { idOrNone, textOrNone } from '../answers/fields.ts';
import type { Ask, Call } from '../transport/call.ts';

export const CONFIGURATION: Call = {
	method: 'GET',
	path: '/integration-service/account-configuration',
};

/** `"0"` is how an unset nominal code reads. */
const nominal = textOrNone.transform( ( code ) =>
	code === '0' ? null : code
);

export const configurationSchema = z
	.object( {
		configuration: z.object( {
			baseCurrencyCode: z.string().min( 1 ),
			timeZone: z.string().min( 1 ),
			taxSchemeCode: textOrNone,
			newSalesOrderStatusId: idOrNone,
			cancelledOrderStatusId: idOrNone,
			salesNominalCode: nominal,
			shippingNominalCode: nominal,
			discountNominalCode: nominal,
			roundingCorrectionsNominalCode: nominal,
		} ),
	} )
	.transform( ( { configuration: found } ): AccountConfiguration => ( {
		baseCurrency: found.baseCurrencyCode,
		timeZone: found.timeZone,
		taxScheme: found.taxSchemeCode,
		newSalesOrderStatusId: found.newSalesOrderStatusId,
		cancelledOrderStatusId: found.cancelledOrderStatusId,
		nominal: {
			sales: found.salesNominalCode,
			shipping: found.shippingNominalCode,
			discount: found.discountNominalCode,
			rounding: found.roundingCorrectionsNominalCode,
		},
	} ) );

const instanceSchema = z.object( { instanceName: textOrNone } );

/** Name of the installed app's instance; null where there is none. */
export function readInstance(
	ask: Ask
): Promise< Result< { instanceName: string | null } > > {
	return read(
		ask,
		{ method: 'GET', path: '/integration-service/integration/instance' },
		instanceSchema,
		{ instanceName: null }
	);
}
