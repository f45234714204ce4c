#!/usr/bin/env dotnet
// A trained decoder and a fitted posterior behind ASP.NET: many threads, one network, weights that change while requests run.
// Run it: dotnet run samples/15-serving.cs        (PYRITE_SHORT=1 makes it a quick check; a number as argument asks for more requests, "serve"
// keeps it running)
#:sdk Microsoft.NET.Sdk.Web
#:project ../src/Pyrite
#:project ../src/Pyrite.Data.Mnist
#:property PublishAot=false
using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Pyrite;
using static Pyrite.Primitives;

bool isShort = Environment.GetEnvironmentVariable("PYRITE_SHORT") == "1";
int requests = args.Length > 0 && int.TryParse(args[0], CultureInfo.InvariantCulture, out int asked) ? asked : isShort ? 2_000 : 20_000;
const int Clients = 8, Questions = 64;

// Two states of one decoder: after some training, and after some more. A service finds them as files.
Directory.CreateDirectory("runs/15-serving");
LabelledImages digits = Mnist.Load().Train.Slice(0, isShort ? 1_280 : 6_400);
var trained = new Vae();
var svi = new Svi<Tensor>(trained.Model, trained.Guide, new Adam(learningRate: 2e-3), new TraceElbo(), seed: 1);
for (int version = 1; version <= 2; version++)
{
    foreach ((Tensor images, _) in new DataLoader(digits, batchSize: 128, shuffle: true))
    {
        svi.Step(images.Reshape(-1, 784));
    }
    trained.Decoder.Save($"runs/15-serving/decoder-{version}.safetensors");
}

// A posterior: a line through five points. Its draws are plain arrays.
Tensor x = Tensor.From([0.0, 1, 2, 3, 4]), y = Tensor.From([1.1, 2.9, 5.2, 7.1, 8.8]);
McmcResult posterior = Mcmc.Run(() => Line(x, y), chains: 2, warmup: 500, draws: 1_000, seed: 1);
double[] intercepts = posterior.Draws.Scalar("intercept"), slopes = posterior.Draws.Scalar("slope");

// The service.
var served = new Served(Load(1));
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
WebApplication app = builder.Build();
app.MapGet("/digit", (float a, float b, HttpResponse response) =>
{
    Weights weights = served.Now;                                  // read once: this request stays with these weights
    response.Headers["X-Weights"] = weights.Version.ToString(CultureInfo.InvariantCulture);
    return Results.Bytes(Draw(weights.Decoder, a, b), "application/octet-stream");
});
app.MapGet("/predict", (double at) => Results.Text(Predict(at)));
app.MapPost("/weights/{version:int}", (int version) =>
{
    served.Now = Load(version);                                    // requests under way keep the network that they have
    return Results.Ok();
});
await app.StartAsync();
var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
if (args.Contains("serve"))
{
    Console.WriteLine($"Listening: {address}digit?a=0.5&b=-1 and {address}predict?at=2.5");
    await app.WaitForShutdownAsync();
    return 0;
}

// What every answer must be, byte by byte, from this thread alone.
Dictionary<(string Path, string Version), byte[]> expected = [];
for (int question = 0; question < Questions; question++)
{
    for (int version = 1; version <= 2; version++)
    {
        expected[(DigitPath(question), $"{version}")] = Draw(Load(version).Decoder, Latent(question), -Latent(question));
    }
    expected[(LinePath(question), "")] = System.Text.Encoding.UTF8.GetBytes(Predict(question / 8.0));
}

// Eight clients; the weights change every fifty milliseconds. Memory is looked at in the middle, when all threads have worked, and at the end.
int wrong = 0, swaps = 0;
var versions = new HashSet<string>();
await Ask(requests);
(double heap, double process) before = Memory();
int swapsBefore = swaps;
long start = Stopwatch.GetTimestamp();
await Ask(requests);
double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
(double heap, double process) after = Memory();
await app.StopAsync();

Console.WriteLine(FormattableString.Invariant(
    $"{requests:N0} requests of {Clients} clients: {requests / seconds:N0} per second, weights changed {swaps - swapsBefore} times."));
Console.WriteLine(FormattableString.Invariant(
    $"Memory before: {before.heap:F1} MB in use, {before.process:F0} MB resident; after: {after.heap:F1} MB, {after.process:F0} MB."));
if (wrong > 0 || versions.Count != 2 || swaps == 0 || after.heap > before.heap + 4 || after.process > before.process + 24)
{
    Console.Error.WriteLine($"{wrong} answers were wrong, {versions.Count} versions of the weights answered, or memory grew.");
    return 1;
}
Console.WriteLine("Every answer had the bytes of its request and its weights. Check passed.");
return 0;

// One request to the network. Nothing is remembered for gradients, memory comes from a pool and goes back, and ToArray copies the result out.
// No await in here: scopes belong to their thread.
static byte[] Draw(Decoder decoder, float a, float b)
{
    using NoGradient.Scope untracked = NoGradient.Begin();
    using StepScope step = StepScope.Begin();
    float[] ink = decoder.Forward(Tensor.From([a, b]).Reshape(1, 2)).ToArray<float>();
    return [.. ink.Select(p => (byte)(255 * p))];
}

// One request to the posterior: draws are arrays that nobody writes.
string Predict(double at)
{
    double[] lines = [.. intercepts.Zip(slopes, (intercept, slope) => intercept + slope * at).Order()];
    return FormattableString.Invariant($"{lines.Average():F6} {lines[lines.Length / 20]:F6} {lines[lines.Length * 19 / 20]:F6}");
}

static Weights Load(int version)
{
    var decoder = new Decoder();
    decoder.Load($"runs/15-serving/decoder-{version}.safetensors");
    return new Weights(version, decoder.Eval());
}

async Task Ask(int count)
{
    using var client = new HttpClient { BaseAddress = address };
    using var over = new CancellationTokenSource();
    Task swapping = Swap(client, over.Token);
    await Task.WhenAll(Enumerable.Range(0, Clients).Select(async mine =>
    {
        for (int i = mine; i < count; i += Clients)
        {
            string path = i % 2 == 0 ? DigitPath(i / 2 % Questions) : LinePath(i / 2 % Questions);
            using HttpResponseMessage response = await client.GetAsync(path);
            string version = response.Headers.TryGetValues("X-Weights", out IEnumerable<string>? values) ? values.First() : "";
            byte[] answer = await response.Content.ReadAsByteArrayAsync();
            lock (versions)
            {
                wrong += answer.AsSpan().SequenceEqual(expected[(path, version)]) ? 0 : 1;
                _ = version.Length > 0 && versions.Add(version);
            }
        }
    }));
    over.Cancel();
    await swapping;
}

async Task Swap(HttpClient client, CancellationToken over)
{
    while (!over.IsCancellationRequested)
    {
        (await client.PostAsync($"/weights/{1 + (++swaps % 2)}", null)).Dispose();
        await Task.Delay(50, CancellationToken.None);
    }
}

static (double, double) Memory()
{
    GC.Collect();
    GC.WaitForPendingFinalizers();
    double heap = GC.GetTotalMemory(forceFullCollection: true) / 1e6;
    using Process self = Process.GetCurrentProcess();
    return (heap, self.WorkingSet64 / 1e6);
}

static float Latent(int question) => (question - Questions / 2) / 16f;

static string DigitPath(int question) => FormattableString.Invariant($"/digit?a={Latent(question)}&b={-Latent(question)}");

static string LinePath(int question) => FormattableString.Invariant($"/predict?at={question / 8.0}");

static void Line(Tensor x, Tensor y)
{
    Tensor intercept = Sample("intercept", new Normal(0, 10)), slope = Sample("slope", new Normal(0, 10));
    Tensor noise = Sample("noise", new HalfNormal(1));
    using PlateScope points = Plate("points", x.Shape[0]);
    Sample("y", new Normal(intercept + slope * x, noise), observed: y);
}

/// <summary>A network that nobody trains any more, and which one it is.</summary>
sealed record Weights(int Version, Decoder Decoder);

/// <summary>What the service answers with; a reference is exchanged in one piece.</summary>
sealed class Served(Weights first)
{
    private volatile Weights now = first;

    public Weights Now
    {
        get => now;
        set => now = value;
    }
}

sealed class Decoder : Module
{
    private readonly Linear inner = new(2, 128);
    private readonly Linear outer = new(128, 784);

    public Tensor Forward(Tensor z) => outer.Forward(inner.Forward(z).Relu()).Sigmoid();
}

sealed class Vae : Module
{
    private readonly Linear inner = new(784, 128);
    private readonly Linear loc = new(128, 2);
    private readonly Linear logScale = new(128, 2);

    public Decoder Decoder { get; } = new();

    public void Model(Tensor x)
    {
        Register("decoder", Decoder);
        using PlateScope data = Plate("data", x.Shape[0]);
        Tensor z = Sample("z", new Normal(Tensor.Zeros(x.Shape[0], 2), 1).ToEvent(1));
        Sample("x", new Bernoulli(Decoder.Forward(z), validate: false).ToEvent(1), observed: x);
    }

    public void Guide(Tensor x)
    {
        Register("encoder", this);
        using PlateScope data = Plate("data", x.Shape[0]);
        Tensor hidden = inner.Forward(x).Relu();
        Sample("z", new Normal(loc.Forward(hidden), logScale.Forward(hidden).Exp()).ToEvent(1));
    }
}
