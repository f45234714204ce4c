using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pyrite;

/// <summary>A web server on 127.0.0.1 that answers every request as the test says, and may hang up halfway.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, Reply> answer;
    private readonly CancellationTokenSource stop = new();

    public LoopbackServer(Func<string, Reply> answer)
    {
        this.answer = answer;
        listener.Start();
        _ = ServeAsync();
    }

    /// <summary>What was asked for, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/mnist/");

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                TcpClient client = await listener.AcceptTcpClientAsync(stop.Token);
                _ = AnswerAsync(client);
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using TcpClient connection = client;
        try
        {
            NetworkStream stream = connection.GetStream();
            using StreamReader reader = new(stream, Encoding.ASCII, leaveOpen: true);
            string file = (await reader.ReadLineAsync(stop.Token))!.Split(' ')[1].Split('/')[^1];
            while (!string.IsNullOrEmpty(await reader.ReadLineAsync(stop.Token)))
            {
            }
            Requests.Enqueue(file);
            Reply reply = answer(file);
            string length = reply.SaysLength ? $"Content-Length: {reply.Body.Length}\r\n" : "";
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {reply.Status}\r\n{length}Connection: close\r\n\r\n"), stop.Token);
            await stream.WriteAsync(reply.Body.AsMemory(0, reply.SentBytes ?? reply.Body.Length), stop.Token);
            if (reply.Hangs)
            {
                await Task.Delay(Timeout.Infinite, stop.Token);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            return;
        }
    }

    /// <summary>One answer; with <paramref name="SentBytes"/> the connection is cut after so many bytes of the body.</summary>
    internal sealed record Reply(string Status, byte[] Body, int? SentBytes = null, bool SaysLength = true, bool Hangs = false);
}
