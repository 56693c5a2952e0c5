/**
 * The synthesized CloudFormation template, read as what it deploys: functions, routes, tables, schedules and who may do
 * what. Knows the template's language and nothing about how any of it is run.
 */
package io.x402compute.local.template;
