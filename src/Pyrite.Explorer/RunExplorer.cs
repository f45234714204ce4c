using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Pyrite.Latent;
using Pyrite.Pages;
using Pyrite.Runs;
using Pyrite.Web;

namespace Pyrite;

/// <summary>Pages that show runs in a browser of this machine, while they go on and afterwards.</summary>
/// <remarks>
/// <c>await using RunExplorer explorer = RunExplorer.Start(["runs"]);</c> and open <see cref="Address"/>. The server listens on the loopback address
/// alone, answers only requests that carry the random token of its address and name this machine as their host, reads nothing outside of the
/// folders, and writes nothing.
/// </remarks>
public sealed class RunExplorer : IAsyncDisposable
{
    private const int TokenBytes = 18;
    private const int MostBodyBytes = 1 << 16;

    private readonly WebApplication server;

    private RunExplorer(WebApplication server, Uri address)
    {
        this.server = server;
        Address = address;
    }

    /// <summary>Where the pages are: address, port and token. Whoever knows it can look at the runs, as long as he is on this machine.</summary>
    public Uri Address { get; }

    /// <summary>Begins to serve.</summary>
    /// <param name="folders">Folders of runs, or folders that hold such folders; runs that come later are found.</param>
    /// <param name="options">What may be chosen; null for the usual.</param>
    /// <exception cref="ArgumentException">No folder is given.</exception>
    /// <exception cref="DirectoryNotFoundException">A folder does not exist.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static RunExplorer Start(IReadOnlyList<string> folders, ExplorerOptions? options = null)
    {
        options ??= new ExplorerOptions();
        RunFolders runs = RunFolders.Of(folders, options.Plane is null ? null : options.WeightsFile);
        string token = Convert.ToBase64String(RandomNumberGenerator.GetBytes(TokenBytes)).Replace('+', '-').Replace('/', '_');

        // Nothing is configured from outside: neither variables nor files of the folder it is started in.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.AddRoutingCore();
        WebApplication server = builder.Build();
        server.Use(new Gate(token).Let);

        // Addresses are looked up after the gate has taken the token off.
        server.UseRouting();
        SiteFiles.Map(server);
        PlaneCache planes = new(options);
        RunPages.Map(server, runs, planes);
        PlanePages.Map(server, runs, planes);
        EventPages.Map(server, runs, planes);
        server.StartAsync().GetAwaiter().GetResult();
        string bound = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new RunExplorer(server, new Uri($"{bound}/{token}/"));
    }

    /// <summary>Ends the streams and closes the port.</summary>
    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(1));
        try
        {
            await server.StopAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Connections that stay open are closed with the server.
        }
        await server.DisposeAsync().ConfigureAwait(false);
    }
}
