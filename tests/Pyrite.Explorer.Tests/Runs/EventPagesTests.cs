using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Pyrite.Explorer.Tests.Runs;

/// <summary>The stream of what runs tell.</summary>
[Trait("Once", "Cultures")]
public sealed class EventPagesTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryRuns runs = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await runs.DisposeAsync();

    [Fact]
    public async Task A_stream_tells_what_has_been_and_what_comes()
    {
        using RunLog log = new(runs.PathOf("plane"));
        log.Write("batch", isImportant: true, ("loss", 12.5));
        using CancellationTokenSource patience = new(Patience);
        await using Stream stream = await runs.Client.GetStreamAsync("api/events?run=plane&run=chains", patience.Token);
        await using IAsyncEnumerator<SseItem<string>> items = SseParser.Create(stream).EnumerateAsync(patience.Token).GetAsyncEnumerator();

        Assert.True(await items.MoveNextAsync());
        Assert.Equal("lines", items.Current.EventType);
        JsonElement first = JsonDocument.Parse(items.Current.Data).RootElement;
        Assert.Equal("plane", first.GetProperty("run").GetString());
        Assert.Equal(12.5, first.GetProperty("lines")[1].GetProperty("loss").GetDouble());

        log.Write("batch", isImportant: true, ("loss", double.NaN));
        Assert.True(await items.MoveNextAsync());
        Assert.Equal(JsonValueKind.Null, JsonDocument.Parse(items.Current.Data).RootElement.GetProperty("lines")[0].GetProperty("loss").ValueKind);

        new TinyPlane(seed: 8).Save(runs.PathOf("plane/weights.safetensors"));
        Assert.True(await items.MoveNextAsync());
        Assert.Equal("weights", items.Current.EventType);

        Mcmc.Run(TemporaryRuns.Model, chains: 1, warmup: 50, draws: 20, seed: 2).SaveCsv(runs.PathOf("chains/draws"));
        Assert.True(await items.MoveNextAsync());
        Assert.Equal("draws", items.Current.EventType);
        Assert.Contains("\"chains\"", items.Current.Data);
    }

    [Fact]
    public async Task An_explorer_ends_while_streams_are_open()
    {
        new RunLog(runs.PathOf("plane")).Dispose();
        await using RunExplorer explorer = RunExplorer.Start([runs.PathOf("")]);
        using HttpClient client = new() { BaseAddress = explorer.Address };
        await using Stream stream = await client.GetStreamAsync("api/events?run=plane");

        await explorer.DisposeAsync().AsTask().WaitAsync(Patience);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetAsync("api/runs"));
    }

    [Fact]
    public async Task Runs_that_are_not_there_have_no_stream()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await runs.Client.GetAsync("api/events?run=nobody")).StatusCode);
    }
}
