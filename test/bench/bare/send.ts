import { createTransport } from 'nodemailer'

// The least that deliveries can cost: `send.js SMTP_URL COUNT CONNECTIONS` sends as many fixed mails
// through a pool, and prints the seconds, milliseconds of CPU and MB that it took.
const [url = '', count = '0', connections = '1'] = process.argv.slice(2)
const { hostname, port } = new URL(url)
const transport = createTransport({
  host: hostname,
  port: Number(port),
  pool: true,
  maxConnections: Number(connections),
  maxMessages: Infinity,
  ignoreTLS: true
})
const mail = {
  from: 'desk@leadyard.example',
  to: 'leads@dealer.example',
  subject: 'A new lead',
  text: 'Ann Lee wrote: I am interested in this vehicle, please call me back.\n'.repeat(20)
}
const start = performance.now()
const before = process.cpuUsage()
let left = Number(count)
const sendOnes = async () => {
  while (left > 0) {
    left -= 1
    await transport.sendMail(mail)
  }
}
await Promise.all(Array.from({ length: Number(connections) }, sendOnes))
const { user, system } = process.cpuUsage(before)
const seconds = (performance.now() - start) / 1000
const memoryMb = process.memoryUsage().rss / 1024 / 1024
process.stdout.write(`${JSON.stringify({ seconds, cpuMs: (user + system) / 1000, memoryMb })}\n`)
transport.close()
