/** A connection as a person would add it, with every kind of secret. */
import {
	connectionFileSchema,
	type ConnectionFile,
} from '../../src/contracts/connection.ts';
import type { StoredToken } from '../../src/contracts/database.ts';
import type { ProblemDraft } from '../../src/contracts/problem.ts';

export const SECRETS = {
	consumerKey: 'ck_plain-in-no-file-1',
	consumerSecret: 'cs_plain-in-no-file-2',
	webhookSecret: 'wh_plain-in-no-file-3',
	clientSecret: 'cl_plain-in-no-file-4',
	refreshToken: 'rt_plain-in-no-file-5',
	accessToken: 'at_plain-in-no-file-6',
} as const;

export function connectionFile(
	name: string,
	account = 'acmeshop'
): ConnectionFile {
	return connectionFileSchema.parse( {
		name,
		store: {
			type: 'woocommerce',
			url: `https://${ name }.example.test`,
			consumerKey: SECRETS.consumerKey,
			consumerSecret: SECRETS.consumerSecret,
			webhookSecret: SECRETS.webhookSecret,
		},
		brightpearl: {
			account,
			apiDomain: 'euw1.brightpearlconnect.com',
			auth: {
				type: 'oauth',
				clientId: 'client',
				clientSecret: SECRETS.clientSecret,
				devRef: 'dev',
				refreshToken: SECRETS.refreshToken,
				accessToken: SECRETS.accessToken,
			},
		},
		settings: { stock: { every: '5m' } },
	} );
}

export const TOKEN: StoredToken = {
	accessToken: 'at_fresh-in-no-file-7',
	refreshToken: 'rt_fresh-in-no-file-8',
	expiresAt: '2026-01-08T00:00:00.000Z',
	tokenType: 'Bearer',
	apiDomain: 'euw1.brightpearlconnect.com',
	installationInstanceId: 12,
};

export const SKU_UNKNOWN: ProblemDraft = {
	code: 'sku-unknown',
	message: 'MUG-1 is not in Brightpearl.',
	cause: 'It was never created there.',
	fix: 'Create the product, then retry.',
	field: null,
};
