<?php
/**
 * The operations the console may ask for through this site, by route, with their input.
 * Written by build/console-routes.mjs from the contracts of the sidecar; not by hand.
 *
 * @package Pearlbridge
 */

defined( 'ABSPATH' ) || exit;

// phpcs:disable WordPress.Arrays.MultipleStatementAlignment -- Long names are aligned, too.
return array(
	'status'                   => array(
		'name'  => 'status',
		'kind'  => 'read',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'waitIdle' => array(
					'type' => 'boolean',
				),
			),
			'additionalProperties' => false,
		),
	),
	'activity'                 => array(
		'name'  => 'activity',
		'kind'  => 'read',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'span' => array(
					'type' => 'string',
					'enum' => array( 'day', 'week', 'month' ),
				),
			),
			'additionalProperties' => false,
		),
	),
	'orders-list'              => array(
		'name'  => 'ordersList',
		'kind'  => 'read',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'state'    => array(
					'type' => array( 'string', 'null' ),
					'enum' => array( 'queued', 'working', 'retrying', 'synced', 'problem', 'held', 'ignored', 'not-due', null ),
				),
				'since'    => array(
					'type'    => array( 'string', 'null' ),
					'pattern' => '^(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))T(?:(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:Z|([+-](?:[01]\\d|2[0-3]):[0-5]\\d)))$',
				),
				'until'    => array(
					'type'    => array( 'string', 'null' ),
					'pattern' => '^(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))T(?:(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:Z|([+-](?:[01]\\d|2[0-3]):[0-5]\\d)))$',
				),
				'search'   => array(
					'type'      => array( 'string', 'null' ),
					'maxLength' => 60,
					'minLength' => 1,
				),
				'customer' => array(
					'type'      => array( 'string', 'null' ),
					'maxLength' => 254,
					'pattern'   => '^\\S+@\\S+$',
				),
				'problem'  => array(
					'type' => array( 'string', 'null' ),
					'enum' => array( 'sku-unknown', 'sku-duplicate', 'payment-unmapped', 'tax-unmapped', 'status-unmapped', 'currency-unknown', 'currency-precision', 'total-mismatch', 'contact-incomplete', 'reference-taken', 'changed-on-both-sides', 'order-gone', 'throttled', 'cancelled-paid', 'refund-deleted', 'secret-unreadable', 'refused-by-brightpearl', 'refused-by-store', 'credentials-store', 'credentials-brightpearl', 'rights-store', 'store-unreachable', 'brightpearl-unreachable', 'plugin-unreachable', 'webhook-disabled', 'site-moved', 'stock-breaker', 'stock-refused', 'order-changed', 'cancelled-shipped', 'cancelled-in-brightpearl', 'staff-contact', 'orders-silent', 'write-back-refused', 'api-drift', 'defect', null ),
				),
				'limit'    => array(
					'type'    => 'integer',
					'maximum' => 1000,
					'minimum' => 1,
				),
				'cursor'   => array(
					'type'      => array( 'string', 'null' ),
					'minLength' => 1,
				),
			),
			'additionalProperties' => false,
		),
	),
	'orders-show'              => array(
		'name'  => 'ordersShow',
		'kind'  => 'read',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'orderId' => array(
					'type'             => 'integer',
					'minimum'          => 0,
					'exclusiveMinimum' => true,
					'required'         => true,
				),
			),
			'additionalProperties' => false,
		),
	),
	'orders-compare'           => array(
		'name'  => 'ordersCompare',
		'kind'  => 'read',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'orderId' => array(
					'type'             => 'integer',
					'minimum'          => 0,
					'exclusiveMinimum' => true,
					'required'         => true,
				),
			),
			'additionalProperties' => false,
		),
	),
	'orders-push'              => array(
		'name'  => 'ordersPush',
		'kind'  => 'command',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'orderIds' => array(
					'type'     => 'array',
					'minItems' => 1,
					'items'    => array(
						'type'             => 'integer',
						'minimum'          => 0,
						'exclusiveMinimum' => true,
					),
					'required' => true,
				),
				'dryRun'   => array(
					'type' => 'boolean',
				),
				'wait'     => array(
					'type' => 'boolean',
				),
			),
			'additionalProperties' => false,
		),
	),
	'orders-decide'            => array(
		'name'  => 'ordersDecide',
		'kind'  => 'command',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'orderIds' => array(
					'type'     => 'array',
					'minItems' => 1,
					'items'    => array(
						'type'             => 'integer',
						'minimum'          => 0,
						'exclusiveMinimum' => true,
					),
					'required' => true,
				),
				'decision' => array(
					'type'     => 'string',
					'enum'     => array( 'hold', 'release', 'ignore' ),
					'required' => true,
				),
			),
			'additionalProperties' => false,
		),
	),
	'orders-resolve'           => array(
		'name'  => 'ordersResolve',
		'kind'  => 'command',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'orderIds' => array(
					'type'     => 'array',
					'minItems' => 1,
					'items'    => array(
						'type'             => 'integer',
						'minimum'          => 0,
						'exclusiveMinimum' => true,
					),
					'required' => true,
				),
				'side'     => array(
					'type'     => 'string',
					'enum'     => array( 'store', 'brightpearl' ),
					'required' => true,
				),
			),
			'additionalProperties' => false,
		),
	),
	'orders-sweep'             => array(
		'name'  => 'ordersSweep',
		'kind'  => 'command',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'since' => array(
					'type'    => array( 'string', 'null' ),
					'pattern' => '^(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))T(?:(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:Z|([+-](?:[01]\\d|2[0-3]):[0-5]\\d)))$',
				),
				'deep'  => array(
					'type' => 'boolean',
				),
				'wait'  => array(
					'type' => 'boolean',
				),
			),
			'additionalProperties' => false,
		),
	),
	'orders-backfill'          => array(
		'name'  => 'ordersBackfill',
		'kind'  => 'command',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'from'   => array(
					'type'     => 'string',
					'pattern'  => '^(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))$',
					'required' => true,
				),
				'to'     => array(
					'type'     => 'string',
					'pattern'  => '^(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))$',
					'required' => true,
				),
				'dryRun' => array(
					'type' => 'boolean',
				),
				'wait'   => array(
					'type' => 'boolean',
				),
			),
			'additionalProperties' => false,
		),
	),
	'backfill-list'            => array(
		'name'  => 'backfillList',
		'kind'  => 'read',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'limit' => array(
					'type'    => 'integer',
					'maximum' => 100,
					'minimum' => 1,
				),
			),
			'additionalProperties' => false,
		),
	),
	'backfill-show'            => array(
		'name'  => 'backfillShow',
		'kind'  => 'read',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'id' => array(
					'type'             => 'integer',
					'minimum'          => 0,
					'exclusiveMinimum' => true,
					'required'         => true,
				),
			),
			'additionalProperties' => false,
		),
	),
	'backfill-pause'           => array(
		'name'  => 'backfillPause',
		'kind'  => 'command',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'id' => array(
					'type'             => 'integer',
					'minimum'          => 0,
					'exclusiveMinimum' => true,
					'required'         => true,
				),
			),
			'additionalProperties' => false,
		),
	),
	'backfill-resume'          => array(
		'name'  => 'backfillResume',
		'kind'  => 'command',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'id' => array(
					'type'             => 'integer',
					'minimum'          => 0,
					'exclusiveMinimum' => true,
					'required'         => true,
				),
			),
			'additionalProperties' => false,
		),
	),
	'backfill-cancel'          => array(
		'name'  => 'backfillCancel',
		'kind'  => 'command',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'id' => array(
					'type'             => 'integer',
					'minimum'          => 0,
					'exclusiveMinimum' => true,
					'required'         => true,
				),
			),
			'additionalProperties' => false,
		),
	),
	'mapping-report'           => array(
		'name'  => 'mappingReport',
		'kind'  => 'read',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(),
			'additionalProperties' => false,
		),
	),
	'aliases-export'           => array(
		'name'  => 'aliasesExport',
		'kind'  => 'read',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(),
			'additionalProperties' => false,
		),
	),
	'aliases-import'           => array(
		'name'  => 'aliasesImport',
		'kind'  => 'command',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'csv'        => array(
					'type'      => 'string',
					'maxLength' => 20000000,
					'required'  => true,
				),
				'allowEmpty' => array(
					'type' => 'boolean',
				),
			),
			'additionalProperties' => false,
		),
	),
	'settings-export'          => array(
		'name'  => 'settingsExport',
		'kind'  => 'read',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(),
			'additionalProperties' => false,
		),
	),
	'settings-import'          => array(
		'name'  => 'settingsImport',
		'kind'  => 'command',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'document' => array(
					'type'     => array( 'string', 'number', 'boolean', 'object', 'array', 'null' ),
					'required' => true,
				),
			),
			'additionalProperties' => false,
		),
	),
	'stock-runs'               => array(
		'name'  => 'stockRuns',
		'kind'  => 'read',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'limit'  => array(
					'type'    => 'integer',
					'maximum' => 100,
					'minimum' => 1,
				),
				'cursor' => array(
					'type'      => array( 'string', 'null' ),
					'minLength' => 1,
				),
			),
			'additionalProperties' => false,
		),
	),
	'stock-run-show'           => array(
		'name'  => 'stockRunShow',
		'kind'  => 'read',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'runId' => array(
					'type'             => 'integer',
					'minimum'          => 0,
					'exclusiveMinimum' => true,
					'required'         => true,
				),
			),
			'additionalProperties' => false,
		),
	),
	'stock-pull'               => array(
		'name'  => 'stockPull',
		'kind'  => 'command',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'skus'   => array(
					'type'     => array( 'array', 'null' ),
					'minItems' => 1,
					'items'    => array(
						'type'      => 'string',
						'minLength' => 1,
					),
				),
				'dryRun' => array(
					'type' => 'boolean',
				),
			),
			'additionalProperties' => false,
		),
	),
	'stock-explain'            => array(
		'name'  => 'stockExplain',
		'kind'  => 'read',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'sku' => array(
					'type'      => 'string',
					'minLength' => 1,
					'required'  => true,
				),
			),
			'additionalProperties' => false,
		),
	),
	'problems-list'            => array(
		'name'  => 'problemsList',
		'kind'  => 'read',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'limit' => array(
					'type'    => array( 'integer', 'null' ),
					'minimum' => 1,
				),
			),
			'additionalProperties' => false,
		),
	),
	'problems-retry'           => array(
		'name'  => 'problemsRetry',
		'kind'  => 'command',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'ids' => array(
					'type'     => array( 'array', 'null' ),
					'minItems' => 1,
					'items'    => array(
						'type'             => 'integer',
						'minimum'          => 0,
						'exclusiveMinimum' => true,
					),
					'required' => true,
				),
			),
			'additionalProperties' => false,
		),
	),
	'choices'                  => array(
		'name'  => 'choices',
		'kind'  => 'read',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'fresh' => array(
					'type' => 'boolean',
				),
			),
			'additionalProperties' => false,
		),
	),
	'settings-show'            => array(
		'name'  => 'settingsShow',
		'kind'  => 'read',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(),
			'additionalProperties' => false,
		),
	),
	'settings-save'            => array(
		'name'  => 'settingsSave',
		'kind'  => 'command',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'settings' => array(
					'type'                 => 'object',
					'properties'           => array(
						'goLive'    => array(
							'type'    => array( 'string', 'null' ),
							'pattern' => '^(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))T(?:(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:Z|([+-](?:[01]\\d|2[0-3]):[0-5]\\d)))$',
						),
						'orders'    => array(
							'type'                 => 'object',
							'properties'           => array(
								'refPrefix'         => array(
									'type'    => array( 'string', 'null' ),
									'pattern' => '^[a-z0-9-]{1,24}$',
								),
								'channelId'         => array(
									'type'             => array( 'integer', 'null' ),
									'minimum'          => 0,
									'exclusiveMinimum' => true,
								),
								'warehouseId'       => array(
									'type'             => array( 'integer', 'null' ),
									'minimum'          => 0,
									'exclusiveMinimum' => true,
								),
								'priceListId'       => array(
									'type'             => array( 'integer', 'null' ),
									'minimum'          => 0,
									'exclusiveMinimum' => true,
								),
								'leadSourceId'      => array(
									'type'             => array( 'integer', 'null' ),
									'minimum'          => 0,
									'exclusiveMinimum' => true,
								),
								'status'            => array(
									'type'                 => 'object',
									'properties'           => array(),
									'additionalProperties' => array(
										'type'             => array( 'integer', 'null' ),
										'minimum'          => 0,
										'exclusiveMinimum' => true,
									),
								),
								'payments'          => array(
									'type'                 => 'object',
									'properties'           => array(),
									'additionalProperties' => array(
										'type'      => 'string',
										'maxLength' => 36,
										'minLength' => 1,
									),
								),
								'shipping'          => array(
									'type'                 => 'object',
									'properties'           => array(),
									'additionalProperties' => array(
										'type'    => 'integer',
										'minimum' => 0,
									),
								),
								'tax'               => array(
									'type'  => 'array',
									'items' => array(
										'type'                 => 'object',
										'properties'           => array(
											'percent' => array(
												'type'    => 'string',
												'pattern' => '^-?\\d+(\\.\\d+)?$',
											),
											'class'   => array(
												'type' => 'string',
											),
											'country' => array(
												'type' => 'string',
											),
											'state'   => array(
												'type' => 'string',
											),
											'label'   => array(
												'type' => 'string',
											),
											'code'    => array(
												'type'      => 'string',
												'minLength' => 1,
												'required'  => true,
											),
										),
										'additionalProperties' => false,
									),
								),
								'taxDefault'        => array(
									'type'      => array( 'string', 'null' ),
									'minLength' => 1,
								),
								'nominal'           => array(
									'type'                 => 'object',
									'properties'           => array(
										'sales'    => array(
											'type' => 'string',
										),
										'shipping' => array(
											'type' => 'string',
										),
										'fee'      => array(
											'type' => 'string',
										),
										'discount' => array(
											'type' => 'string',
										),
										'giftCard' => array(
											'type' => 'string',
										),
										'rounding' => array(
											'type' => 'string',
										),
									),
									'additionalProperties' => false,
								),
								'discounts'         => array(
									'type' => 'string',
									'enum' => array( 'net', 'rows' ),
								),
								'missingSku'        => array(
									'anyOf' => array(
										array(
											'type' => 'string',
											'enum' => array( 'hold' ),
										),
										array(
											'type' => 'string',
											'enum' => array( 'text-row' ),
										),
										array(
											'type'                 => 'object',
											'properties'           => array(
												'productId' => array(
													'type'             => 'integer',
													'minimum'          => 0,
													'exclusiveMinimum' => true,
													'required'         => true,
												),
											),
											'additionalProperties' => false,
										),
									),
								),
								'roundingLimit'     => array(
									'type'    => 'string',
									'pattern' => '^-?\\d+(\\.\\d+)?$',
								),
								'allocate'          => array(
									'type' => 'boolean',
								),
								'delay'             => array(
									'type' => 'string',
								),
								'cancelPaid'        => array(
									'type' => 'string',
									'enum' => array( 'hold', 'reverse' ),
								),
								'cancelledStatusId' => array(
									'type'             => array( 'integer', 'null' ),
									'minimum'          => 0,
									'exclusiveMinimum' => true,
								),
								'reversal'          => array(
									'type' => 'string',
									'enum' => array( 'payment', 'delete' ),
								),
								'refundTax'         => array(
									'type' => 'string',
									'enum' => array( 'shop', 'share' ),
								),
								'rules'             => array(
									'type'     => 'array',
									'maxItems' => 200,
									'items'    => array(
										'type'                 => 'object',
										'properties'           => array(
											'country'     => array(
												'type' => 'string',
											),
											'payment'     => array(
												'type' => 'string',
											),
											'shipping'    => array(
												'type'      => 'string',
												'minLength' => 1,
											),
											'createdVia'  => array(
												'type'      => 'string',
												'minLength' => 1,
											),
											'meta'        => array(
												'type'                 => 'object',
												'properties'           => array(
													'key' => array(
														'type'      => 'string',
														'minLength' => 1,
														'required'  => true,
													),
													'is'  => array(
														'type' => 'string',
													),
												),
												'additionalProperties' => false,
											),
											'channelId'   => array(
												'type'             => 'integer',
												'minimum'          => 0,
												'exclusiveMinimum' => true,
											),
											'warehouseId' => array(
												'type'             => 'integer',
												'minimum'          => 0,
												'exclusiveMinimum' => true,
											),
											'push'        => array(
												'type' => 'boolean',
												'enum' => array( false ),
											),
										),
										'additionalProperties' => false,
									),
								),
								'contacts'          => array(
									'type' => 'string',
									'enum' => array( 'keep', 'update' ),
								),
								'guestEmail'        => array(
									'type'      => array( 'string', 'null' ),
									'maxLength' => 254,
									'pattern'   => '^(?:[A-Za-z0-9_\'+\\-]+\\.)*[A-Za-z0-9_\'+\\-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9\\-]*\\.)+[A-Za-z]{2,}$',
								),
								'staffContacts'     => array(
									'type' => 'string',
									'enum' => array( 'use', 'customer', 'hold' ),
								),
								'totalMismatch'     => array(
									'type' => 'string',
									'enum' => array( 'hold', 'row' ),
								),
								'exchangeRateMeta'  => array(
									'type'      => array( 'string', 'null' ),
									'minLength' => 1,
								),
								'notes'             => array(
									'type'                 => 'object',
									'properties'           => array(
										'customer' => array(
											'type' => 'boolean',
										),
										'order'    => array(
											'type' => 'string',
											'enum' => array( 'none', 'customer', 'all' ),
										),
									),
									'additionalProperties' => false,
								),
								'customFields'      => array(
									'type'                 => 'object',
									'properties'           => array(),
									'additionalProperties' => true,
								),
								'invoice'           => array(
									'type' => 'string',
									'enum' => array( 'never', 'completed' ),
								),
							),
							'additionalProperties' => false,
						),
						'sweep'     => array(
							'type'                 => 'object',
							'properties'           => array(
								'every'   => array(
									'type' => 'string',
								),
								'overlap' => array(
									'type' => 'string',
								),
								'deep'    => array(
									'type' => 'string',
								),
							),
							'additionalProperties' => false,
						),
						'stock'     => array(
							'type'                 => 'object',
							'properties'           => array(
								'every'      => array(
									'type' => array( 'string', 'null' ),
								),
								'warehouses' => array(
									'type'     => array( 'array', 'null' ),
									'minItems' => 1,
									'items'    => array(
										'type'             => 'integer',
										'minimum'          => 0,
										'exclusiveMinimum' => true,
									),
								),
								'buffer'     => array(
									'type'    => 'integer',
									'minimum' => 0,
								),
								'minimum'    => array(
									'type' => 'integer',
								),
								'maximum'    => array(
									'type' => array( 'integer', 'null' ),
								),
								'breaker'    => array(
									'type'                 => 'object',
									'properties'           => array(
										'percent' => array(
											'type'    => 'number',
											'maximum' => 100,
											'minimum' => 0,
										),
										'minimum' => array(
											'type'    => 'integer',
											'minimum' => 0,
										),
									),
									'additionalProperties' => false,
								),
							),
							'additionalProperties' => false,
						),
						'webhooks'  => array(
							'type' => 'string',
							'enum' => array( 'auto', 'manual' ),
						),
						'writeBack' => array(
							'type'                 => 'object',
							'properties'           => array(
								'meta'   => array(
									'type' => 'boolean',
								),
								'note'   => array(
									'type' => 'boolean',
								),
								'status' => array(
									'type'                 => 'object',
									'properties'           => array(),
									'additionalProperties' => array(
										'type'      => 'string',
										'maxLength' => 40,
										'minLength' => 1,
									),
								),
								'mails'  => array(
									'type' => 'string',
									'enum' => array( 'send', 'quiet' ),
								),
							),
							'additionalProperties' => false,
						),
						'watch'     => array(
							'type'                 => 'object',
							'properties'           => array(
								'silence' => array(
									'type' => 'boolean',
								),
							),
							'additionalProperties' => false,
						),
						'budget'    => array(
							'type'                 => 'object',
							'properties'           => array(
								'reserve' => array(
									'type'    => 'integer',
									'minimum' => 0,
								),
								'window'  => array(
									'type' => 'string',
									'enum' => array( 'minute', 'rolling' ),
								),
								'batch'   => array(
									'type' => 'string',
									'enum' => array( 'sequential', 'parallel', 'off' ),
								),
							),
							'additionalProperties' => false,
						),
					),
					'additionalProperties' => false,
					'required'             => true,
				),
				'revision' => array(
					'type'     => 'integer',
					'required' => true,
				),
			),
			'additionalProperties' => false,
		),
	),
	'settings-history'         => array(
		'name'  => 'settingsHistory',
		'kind'  => 'read',
		'bound' => 'connection',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'limit' => array(
					'type'    => 'integer',
					'maximum' => 200,
					'minimum' => 1,
				),
			),
			'additionalProperties' => false,
		),
	),
	'connection-show'          => array(
		'name'  => 'connectionShow',
		'kind'  => 'read',
		'bound' => 'name',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(),
			'additionalProperties' => false,
		),
	),
	'connection-check'         => array(
		'name'  => 'connectionCheck',
		'kind'  => 'command',
		'bound' => 'name',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(),
			'additionalProperties' => false,
		),
	),
	'connection-edit'          => array(
		'name'  => 'connectionEdit',
		'kind'  => 'command',
		'bound' => 'name',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'change' => array(
					'type'                 => 'object',
					'properties'           => array(
						'store'       => array(
							'type'                 => 'object',
							'properties'           => array(
								'url'            => array(
									'type'      => 'string',
									'maxLength' => 2000,
								),
								'consumerKey'    => array(
									'type'      => 'string',
									'maxLength' => 4096,
									'minLength' => 1,
								),
								'consumerSecret' => array(
									'type'      => 'string',
									'maxLength' => 4096,
									'minLength' => 1,
								),
								'webhookSecret'  => array(
									'type'      => 'string',
									'maxLength' => 4096,
									'minLength' => 1,
								),
							),
							'additionalProperties' => false,
						),
						'brightpearl' => array(
							'type'                 => 'object',
							'properties'           => array(
								'account'                => array(
									'type'      => 'string',
									'maxLength' => 100,
									'minLength' => 1,
								),
								'apiDomain'              => array(
									'type'      => array( 'string', 'null' ),
									'maxLength' => 200,
								),
								'oauthUrl'               => array(
									'type'      => array( 'string', 'null' ),
									'maxLength' => 2000,
								),
								'installationInstanceId' => array(
									'type'             => array( 'integer', 'null' ),
									'minimum'          => 0,
									'exclusiveMinimum' => true,
								),
								'sandbox'                => array(
									'type' => 'boolean',
								),
								'auth'                   => array(
									'type'                 => 'object',
									'properties'           => array(
										'type'         => array(
											'type'     => 'string',
											'enum'     => array( 'private-app', 'staff-token', 'oauth' ),
											'required' => true,
										),
										'appRef'       => array(
											'type'      => 'string',
											'maxLength' => 200,
										),
										'accountToken' => array(
											'type'      => 'string',
											'maxLength' => 4096,
											'minLength' => 1,
										),
										'staffToken'   => array(
											'type'      => 'string',
											'maxLength' => 4096,
											'minLength' => 1,
										),
										'clientId'     => array(
											'type'      => 'string',
											'maxLength' => 200,
										),
										'clientSecret' => array(
											'type'      => 'string',
											'maxLength' => 4096,
											'minLength' => 1,
										),
										'devRef'       => array(
											'type'      => 'string',
											'maxLength' => 200,
										),
										'refreshToken' => array(
											'type'      => 'string',
											'maxLength' => 4096,
											'minLength' => 1,
										),
										'accessToken'  => array(
											'type'      => 'string',
											'maxLength' => 4096,
											'minLength' => 1,
										),
										'expiresAt'    => array(
											'type'    => 'string',
											'pattern' => '^(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))T(?:(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d+)?(?:Z|([+-](?:[01]\\d|2[0-3]):[0-5]\\d)))$',
										),
									),
									'additionalProperties' => false,
								),
							),
							'additionalProperties' => false,
						),
					),
					'additionalProperties' => false,
					'required'             => true,
				),
			),
			'additionalProperties' => false,
		),
	),
	'connection-site'          => array(
		'name'  => 'connectionSite',
		'kind'  => 'command',
		'bound' => 'name',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'answer' => array(
					'type'     => 'string',
					'enum'     => array( 'moved', 'copy' ),
					'required' => true,
				),
			),
			'additionalProperties' => false,
		),
	),
	'connection-consent'       => array(
		'name'  => 'connectionConsent',
		'kind'  => 'command',
		'bound' => 'name',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(),
			'additionalProperties' => false,
		),
	),
	'connection-consent-state' => array(
		'name'  => 'connectionConsentState',
		'kind'  => 'read',
		'bound' => 'name',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'state' => array(
					'type'      => 'string',
					'maxLength' => 200,
					'minLength' => 1,
					'required'  => true,
				),
				'wait'  => array(
					'type' => 'boolean',
				),
			),
			'additionalProperties' => false,
		),
	),
	'connection-authorize'     => array(
		'name'  => 'connectionAuthorize',
		'kind'  => 'command',
		'bound' => 'name',
		'input' => array(
			'type'                 => 'object',
			'properties'           => array(
				'code' => array(
					'type'      => 'string',
					'maxLength' => 4000,
					'minLength' => 1,
					'required'  => true,
				),
			),
			'additionalProperties' => false,
		),
	),
);
