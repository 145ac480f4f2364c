/** How an engineer has a system call us, in steps, by system. The URL stands above them. */
export const instructions: Readonly<Record<string, readonly string[]>> = {
  odoo: [
    'Odoo 17 and later can call a URL; older versions are polled. As an administrator, in developer mode:',
    'Settings > Technical > Automation Rules > New, one rule for each model (the module "Automation Rules" must be installed):',
    '  Purchase Order: trigger "State is set to" Purchase Order, and for changes "On save"',
    '  Transfer: trigger "State is set to" Done',
    '  Journal Entry: trigger "State is set to" Posted',
    'In each: Add an action > Send Webhook Notification, paste the URL, choose no fields: what is sent is not read.',
    'A trigger that fires seldom is kind to users: Odoo calls once for each internal step of a save, up to 13 times, and',
    'the user waits for the calls. Polls go on at their schedule, so a call that is lost costs only time.',
  ],
}
