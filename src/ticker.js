// Timers that run on while the page is hidden: browsers slow down a hidden page's own, and not those of its worker.
onmessage = ({ data: [id, milliseconds] }) => setTimeout(() => postMessage(id), milliseconds);
