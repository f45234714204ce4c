using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Pyrite.Explorer.Tests.Latent;

/// <summary>The latent plane: what is decoded, encoded and found is what the networks say.</summary>
[Trait("Once", "Cultures")]
public sealed class PlanePagesTests : IAsyncLifetime
{
    private readonly TemporaryRuns runs = new(withChains: false);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await runs.DisposeAsync();

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(-1.25f, 2.5f)]
    [InlineData(3f, 0.0625f)]
    public async Task A_place_is_decoded_by_the_network(float x, float y)
    {
        Assert.Equal(runs.Network.Image(x, y), await runs.Client.GetByteArrayAsync(At("decode", x, y)));
    }

    [Fact]
    public async Task Many_at_once_get_the_same_bytes()
    {
        (float X, float Y)[] places = [.. Enumerable.Range(0, 100).Select(i => ((i % 10) / 4f, (i / 10) / 4f))];

        byte[][] answers = await Task.WhenAll(places.Select(place => runs.Client.GetByteArrayAsync(At("decode", place.X, place.Y))));

        Assert.All(places.Zip(answers), one => Assert.Equal(runs.Network.Image(one.First.X, one.First.Y), one.Second));
    }

    [Fact]
    public async Task Weights_alone_make_a_run()
    {
        File.Delete(runs.PathOf("plane/run.json"));
        Assert.Contains("\"plane\"", await runs.Client.GetStringAsync("api/runs"));
        Assert.Equal(runs.Network.Image(0.5f, 0.25f), await runs.Client.GetByteArrayAsync("api/runs/plane/decode?x=0.5&y=0.25"));
    }

    [Fact]
    public async Task A_path_leads_from_end_to_end()
    {
        byte[] path = await runs.Client.GetByteArrayAsync("api/runs/plane/path?x0=-1&y0=0&x1=1&y1=2&count=5");

        int size = TemporaryRuns.Side * TemporaryRuns.Side;
        Assert.Equal(5 * size, path.Length);
        Assert.Equal(runs.Network.Image(-1, 0), path[..size]);
        Assert.Equal(runs.Network.Image(-0.5f, 0.5f), path[size..(2 * size)]);
        Assert.Equal(runs.Network.Image(1, 2), path[(4 * size)..]);
    }

    [Fact]
    public async Task A_grid_has_a_digit_at_the_middle_of_each_cell()
    {
        byte[] grid = await runs.Client.GetByteArrayAsync("api/runs/plane/grid?x0=-2&y0=2&x1=2&y1=-2&side=4");

        int size = TemporaryRuns.Side * TemporaryRuns.Side;
        Assert.Equal(16 * size, grid.Length);
        Assert.Equal(runs.Network.Image(-0.5f, 1.5f), grid[size..(2 * size)]);
    }

    [Fact]
    public async Task The_plane_has_the_means_of_all_test_images()
    {
        JsonElement plane = JsonDocument.Parse(await runs.Client.GetStringAsync("api/runs/plane/plane")).RootElement;

        byte[] means = plane.GetProperty("means").GetBytesFromBase64();
        Tensor images = Tensor.From([.. runs.Images.Pixels.ToArray().Select(pixel => pixel / 255f)])
            .Reshape(TemporaryRuns.TestCount, 1, TemporaryRuns.Side, TemporaryRuns.Side);
        float[] expected = runs.Network.Encode(images).ToArray<float>();
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], BitConverter.ToSingle(means, 4 * i), 1e-5f);
        }
        Assert.Equal(runs.Images.Labels.ToArray(), plane.GetProperty("labels").GetBytesFromBase64());
    }

    [Fact]
    public async Task A_drawn_digit_is_encoded_and_decoded_again()
    {
        byte[] drawn = runs.Images.Image(17).ToArray();

        HttpResponseMessage answer = await runs.Client.PostAsync("api/runs/plane/encode", new ByteArrayContent(drawn));

        JsonElement found = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        (float x, float y) = (found.GetProperty("x").GetSingle(), found.GetProperty("y").GetSingle());
        Tensor image = Tensor.From([.. drawn.Select(pixel => pixel / 255f)]).Reshape(1, 1, TemporaryRuns.Side, TemporaryRuns.Side);
        float[] expected = runs.Network.Encode(image).ToArray<float>();
        Assert.Equal((expected[0], expected[1]), (x, y));
        Assert.Equal(runs.Network.Image(x, y), found.GetProperty("image").GetBytesFromBase64());
    }

    [Fact]
    public async Task The_nearest_training_images_are_those_of_a_plain_search()
    {
        byte[] image = runs.Network.Image(0.5f, -0.25f);
        JsonElement found = JsonDocument.Parse(await runs.Client.GetStringAsync(At("nearest", 0.5f, -0.25f) + "&count=4")).RootElement;

        double[] all = [.. Enumerable.Range(0, TemporaryRuns.TestCount).Select(i => Distance(image, runs.Images.Image(i)))];
        Assert.Equal(all.Order().Take(4), found.EnumerateArray().Select(one => one.GetProperty("distance").GetDouble()));
        Assert.All(found.EnumerateArray(), one =>
        {
            int index = one.GetProperty("index").GetInt32();
            Assert.Equal(all[index], one.GetProperty("distance").GetDouble());
            Assert.Equal(runs.Images.Image(index).ToArray(), one.GetProperty("image").GetBytesFromBase64());
            Assert.Equal(runs.Images.Labels.Span[index], one.GetProperty("label").GetByte());
        });
    }

    [Theory]
    [InlineData("decode?x=NaN&y=0")]
    [InlineData("decode?x=1e30&y=0")]
    [InlineData("decode?x=1")]
    [InlineData("decode?x=a&y=b")]
    [InlineData("path?x0=0&y0=0&x1=1&y1=1&count=100000")]
    [InlineData("grid?x0=0&y0=0&x1=1&y1=1&side=1000")]
    [InlineData("nearest?x=0&y=0&count=0")]
    public async Task What_is_no_place_is_refused(string request)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await runs.Client.GetAsync("api/runs/plane/" + request)).StatusCode);
    }

    [Fact]
    public async Task Images_of_another_size_and_large_bodies_are_refused()
    {
        HttpResponseMessage small = await runs.Client.PostAsync("api/runs/plane/encode", new ByteArrayContent(new byte[5]));
        HttpResponseMessage large = await runs.Client.PostAsync("api/runs/plane/encode", new ByteArrayContent(new byte[1 << 17]));

        Assert.Equal(HttpStatusCode.BadRequest, small.StatusCode);
        Assert.Contains("found 5", await small.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [Fact]
    public async Task New_weights_are_used_from_the_next_request_on()
    {
        byte[] before = await runs.Client.GetByteArrayAsync(At("decode", 1, 1));
        TinyPlane next = new(seed: 77);
        next.Save(runs.PathOf("plane/weights.safetensors"));
        File.SetLastWriteTimeUtc(runs.PathOf("plane/weights.safetensors"), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        byte[] after = await runs.Client.GetByteArrayAsync(At("decode", 1, 1));

        Assert.NotEqual(before, after);
        Assert.Equal(next.Image(1, 1), after);
    }

    private static string At(string what, float x, float y) => string.Create(CultureInfo.InvariantCulture, $"api/runs/plane/{what}?x={x}&y={y}");

    private static double Distance(byte[] a, ReadOnlySpan<byte> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.Sqrt(sum / a.Length);
    }
}
