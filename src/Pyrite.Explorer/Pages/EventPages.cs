using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Pyrite.Latent;
using Pyrite.Runs;
using Pyrite.Web;

namespace Pyrite.Pages;

/// <summary>What runs tell while they go on, as server-sent events.</summary>
/// <remarks>
/// <c>lines</c> has the run's name and JSON objects from its file of events; <c>reset</c> says that a run has begun anew; <c>draws</c> and
/// <c>weights</c> that such files have changed. One stream serves all runs of a page, because browsers open few connections.
/// </remarks>
internal static class EventPages
{
    private const int MostRuns = 16;
    private const int MostStreams = 32;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>Adds the address.</summary>
    public static void Map(WebApplication server, RunFolders runs, PlaneCache planes)
    {
        int streams = 0;
        CancellationToken end = server.Lifetime.ApplicationStopping;
        server.MapGet("/api/events", (HttpContext context, string[] run) =>
        {
            RunFolder[] found = [.. runs.Find().Where(one => run.Contains(one.Name)).Take(MostRuns)];
            return found.Length == 0 ? Answer.Missing("There is no such run.")
                : Volatile.Read(ref streams) >= MostStreams ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
                : TypedResults.ServerSentEvents(Follow(found, context.RequestAborted));
        });

        async IAsyncEnumerable<SseItem<string>> Follow(RunFolder[] found, [EnumeratorCancellation] CancellationToken aborted)
        {
            Interlocked.Increment(ref streams);
            try
            {
                using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(aborted, end);
                Follower[] followers = Array.ConvertAll(found, run => new Follower(run, planes));
                while (!either.IsCancellationRequested)
                {
                    bool isMore = false;
                    foreach (Follower follower in followers)
                    {
                        foreach (SseItem<string> item in follower.Look(ref isMore))
                        {
                            yield return item;
                        }
                    }
                    if (!isMore && !await Waited(either.Token).ConfigureAwait(false))
                    {
                        yield break;
                    }
                }
            }
            finally
            {
                Interlocked.Decrement(ref streams);
            }
        }
    }

    private static async Task<bool> Waited(CancellationToken cancellation)
    {
        await Task.Delay(Pause, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellation.IsCancellationRequested;
    }
}
