using System.Net;
using System.Net.NetworkInformation;

namespace Pyrite.Explorer.Tests;

/// <summary>Who is let in: this machine, by its own name, with the token.</summary>
[Trait("Once", "Cultures")]
public sealed class GateTests : IAsyncLifetime
{
    private readonly TemporaryRuns runs = new(withChains: false);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await runs.DisposeAsync();

    [Fact]
    public void The_socket_is_bound_to_the_loopback_address_alone()
    {
        IPEndPoint[] bound = [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners()
            .Where(end => end.Port == runs.Explorer.Address.Port)];

        Assert.NotEmpty(bound);
        Assert.All(bound, end => Assert.Equal(IPAddress.Loopback, end.Address.IsIPv4MappedToIPv6 ? end.Address.MapToIPv4() : end.Address));
    }

    [Fact]
    public async Task The_whole_address_is_answered()
    {
        HttpResponseMessage answer = await runs.Client.GetAsync("");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/runs")]
    [InlineData("/wrong/api/runs")]
    [InlineData("/wrong/")]
    public async Task Requests_without_the_token_are_refused(string path)
    {
        HttpResponseMessage answer = await runs.Client.GetAsync(new Uri(runs.Explorer.Address, path));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("token", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_token_that_lacks_its_last_letter_is_refused()
    {
        string address = runs.Explorer.Address.ToString();

        HttpResponseMessage answer = await runs.Client.GetAsync(new Uri(address[..^2] + "/api/runs"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:{0}")]
    [InlineData("127.0.0.1.evil.example:{0}")]
    [InlineData("127.0.0.1:1")]
    [InlineData("[::1]:{0}")]
    public async Task Other_names_of_the_host_are_refused(string host)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(runs.Explorer.Address, "api/runs"));
        request.Headers.Host = string.Format(System.Globalization.CultureInfo.InvariantCulture, host, runs.Explorer.Address.Port);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await runs.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Pages_of_other_sites_are_refused()
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(runs.Explorer.Address, "api/runs/plane/encode"));
        request.Headers.Add("Origin", "http://evil.example");
        request.Content = new ByteArrayContent(new byte[TemporaryRuns.Side * TemporaryRuns.Side]);

        Assert.Equal(HttpStatusCode.Forbidden, (await runs.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Every_explorer_has_a_token_of_its_own()
    {
        await using RunExplorer other = RunExplorer.Start([runs.PathOf("")]);

        Assert.NotEqual(other.Address.AbsolutePath, runs.Explorer.Address.AbsolutePath);
        Assert.Equal(HttpStatusCode.Forbidden, (await runs.Client.GetAsync(new Uri(runs.Explorer.Address, other.Address.AbsolutePath))).StatusCode);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        DirectoryNotFoundException problem = Assert.Throws<DirectoryNotFoundException>(() => RunExplorer.Start([runs.PathOf("nowhere")]));

        Assert.Contains("nowhere", problem.Message);
        Assert.Throws<ArgumentException>(() => RunExplorer.Start([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExplorerOptions { Port = -1 });
    }
}
