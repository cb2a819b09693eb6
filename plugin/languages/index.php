<?php
/**
 * Translations lie here.
 *
 * @package Pearlbridge
 */

defined( 'ABSPATH' ) || exit;
