/** `connection.json` between the two sandboxes. */
import type { ConnectionFile, SceneOptions } from './scene-port.ts';
import { CONNECTION, gbSettings } from './settings.ts';
import type { SandboxAccount } from './shapes.ts';
import type { ShopAccess } from './shop.ts';

export function connectionFile(
	shop: ShopAccess,
	account: SandboxAccount,
	options: SceneOptions
): ConnectionFile {
	const { appRef, accountToken } = account.privateApp;
	const settings = options.settings ?? gbSettings();
	return {
		name: CONNECTION,
		store: {
			type: 'woocommerce',
			url: shop.url,
			consumerKey: shop.consumerKey,
			consumerSecret: shop.consumerSecret,
			webhookSecret: shop.webhookSecret,
		},
		brightpearl: {
			account: account.account,
			apiDomain: options.apiDomain ?? account.apiDomain,
			sandbox: true,
			...( options.instanceId === true
				? { installationInstanceId: account.installationInstanceId }
				: {} ),
			...( options.oauth === true
				? {
						oauthUrl: account.oauthUrl,
						auth: {
							type: 'oauth',
							clientId: account.oauth.clientId,
							...( options.publicClient === true
								? {}
								: {
										clientSecret:
											account.oauth.clientSecret,
									} ),
							devRef: account.oauth.devRef,
							refreshToken: account.oauth.refreshToken,
						},
					}
				: { auth: { type: 'private-app', appRef, accountToken } } ),
		},
		settings,
	};
}
