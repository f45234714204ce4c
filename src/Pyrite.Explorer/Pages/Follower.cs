using System.Net.ServerSentEvents;
using System.Text.Json;
using Pyrite.Latent;
using Pyrite.Runs;

namespace Pyrite.Pages;

/// <summary>What one reader of a stream knows of one run.</summary>
internal sealed class Follower(RunFolder run, PlaneCache planes)
{
    private readonly EventTail tail = new(Path.Combine(run.Path, RunFolder.EventsFile));
    private readonly JsonEncodedText name = JsonEncodedText.Encode(run.Name);
    private string draws = run.DrawsStamp();
    private long weights = planes.StampOf(run);

    /// <summary>What is new since the last look.</summary>
    public IReadOnlyList<SseItem<string>> Look(ref bool isMore)
    {
        List<SseItem<string>> news = [];
        IReadOnlyList<string> lines = tail.Read(out bool isNew, out bool hasMore);
        isMore |= hasMore;
        if (isNew)
        {
            news.Add(Of("reset", ""));
        }
        if (lines.Count > 0)
        {
            news.Add(Of("lines", $",\"lines\":[{string.Join(',', lines)}]"));
        }
        string drawsNow = run.DrawsStamp();
        if (drawsNow != draws)
        {
            draws = drawsNow;
            news.Add(Of("draws", ""));
        }
        long weightsNow = planes.StampOf(run);
        if (weightsNow != weights)
        {
            weights = weightsNow;
            news.Add(Of("weights", ""));
        }
        return news;
    }

    private SseItem<string> Of(string kind, string rest) => new($"{{\"run\":\"{name}\"{rest}}}", kind);
}
