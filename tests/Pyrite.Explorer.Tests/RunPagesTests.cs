using System.Net;
using System.Text.Json;

namespace Pyrite.Explorer.Tests;

/// <summary>What the pages are given of runs, and what they are not.</summary>
[Trait("Once", "Cultures")]
public sealed class RunPagesTests : IAsyncLifetime
{
    private readonly TemporaryRuns runs = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await runs.DisposeAsync();

    [Fact]
    public async Task Runs_are_listed_with_what_they_have_and_later_ones_are_found()
    {
        Assert.Equal(["chains", "plane"], await Names());

        Directory.CreateDirectory(runs.PathOf("later"));
        new RunLog(runs.PathOf("later")).Dispose();

        Assert.Equal(["chains", "later", "plane"], await Names());
        JsonElement chains = (await Json("api/runs")).EnumerateArray().First();
        Assert.True(chains.GetProperty("hasDraws").GetBoolean());
        Assert.False(chains.GetProperty("hasPlane").GetBoolean());
    }

    [Fact]
    public async Task A_posterior_has_the_draws_and_the_summary_of_its_files()
    {
        JsonElement page = await Json("api/runs/chains/posterior");
        Summary expected = runs.Chains!.Summary();

        string[] names = [.. page.GetProperty("names").EnumerateArray().Select(name => name.GetString()!)];
        Assert.Equal(expected.Rows.Select(row => row.Name), names);
        Assert.Contains("theta[north]", names);
        Assert.Equal((2, 150), (page.GetProperty("chains").GetInt32(), page.GetProperty("draws").GetInt32()));
        float[] draws = Floats(page.GetProperty("values")[1]);
        Assert.Equal(runs.Chains.Draws.Scalar(names[1]).Select(value => (float)value), draws);
        JsonElement row = page.GetProperty("rows")[1];
        Assert.Equal(expected.Rows[1].Mean, row.GetProperty("mean").GetDouble(), 1e-12);
        Assert.Equal(expected.Rows[1].RHat, row.GetProperty("rHat").GetDouble(), 1e-12);
        Assert.Equal(expected.Advice, page.GetProperty("advice").EnumerateArray().Select(sentence => sentence.GetString()));
    }

    [Theory]
    [InlineData("api/runs/plane/pictures/..%2Fsecret.png")]
    [InlineData("api/runs/plane/pictures/..%5Csecret.png")]
    [InlineData("api/runs/plane/pictures/link.png")]
    [InlineData("api/runs/plane/pictures/run.json")]
    [InlineData("api/runs/..%2F/record")]
    [InlineData("api/runs/%2E%2E/record")]
    [InlineData("api/runs/linked/record")]
    [InlineData("..%2F..%2Fsecret.png")]
    public async Task What_lies_outside_of_a_run_is_not_served(string address)
    {
        await File.WriteAllBytesAsync(runs.PathOf("secret.png"), [1, 2, 3]);
        await File.WriteAllBytesAsync(runs.PathOf("plane/mine.png"), [4, 5, 6]);
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(runs.PathOf("plane/link.png"), runs.PathOf("secret.png"));
            Directory.CreateSymbolicLink(runs.PathOf("linked"), Directory.CreateTempSubdirectory().FullName);
        }

        HttpResponseMessage answer = await runs.Client.GetAsync(new Uri(runs.Explorer.Address + address));

        Assert.True(answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden, $"{address}: {answer.StatusCode}");
        Assert.Equal([4, 5, 6], await runs.Client.GetByteArrayAsync("api/runs/plane/pictures/mine.png"));
    }

    [Fact]
    public async Task Draws_that_are_being_written_are_none_yet()
    {
        Directory.CreateDirectory(runs.PathOf("begun"));
        await File.WriteAllTextAsync(runs.PathOf("begun/draws_1.csv"), "# the first line of a fi");

        HttpResponseMessage posterior = await runs.Client.GetAsync("api/runs/begun/posterior");

        Assert.Equal(HttpStatusCode.NoContent, posterior.StatusCode);
    }

    [Fact]
    public async Task Damaged_files_become_words_and_the_server_goes_on()
    {
        Directory.CreateDirectory(runs.PathOf("broken"));
        await File.WriteAllTextAsync(runs.PathOf("broken/draws_1.csv"), "no draws\n1,2\nnonsense");
        File.SetLastWriteTimeUtc(runs.PathOf("broken/draws_1.csv"), DateTime.UtcNow.AddMinutes(-1));
        await File.WriteAllTextAsync(runs.PathOf("broken/weights.safetensors"), "no weights");
        await File.WriteAllTextAsync(runs.PathOf("broken/run.json"), "{no record");

        HttpResponseMessage posterior = await runs.Client.GetAsync("api/runs/broken/posterior");
        HttpResponseMessage plane = await runs.Client.GetAsync("api/runs/broken/plane");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, posterior.StatusCode);
        Assert.Contains("draws_1.csv", await posterior.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, plane.StatusCode);
        Assert.Equal("null", await runs.Client.GetStringAsync("api/runs/broken/record"));
        Assert.Equal(3, (await Json("api/runs/plane/record")).GetProperty("seed").GetInt32());
    }

    private async Task<JsonElement> Json(string address) => JsonDocument.Parse(await runs.Client.GetStringAsync(address)).RootElement;

    private async Task<string[]> Names() => [.. (await Json("api/runs")).EnumerateArray().Select(run => run.GetProperty("name").GetString()!)];

    private static float[] Floats(JsonElement text)
    {
        byte[] bytes = text.GetBytesFromBase64();
        float[] numbers = new float[bytes.Length / sizeof(float)];
        Buffer.BlockCopy(bytes, 0, numbers, 0, bytes.Length);
        return numbers;
    }
}
