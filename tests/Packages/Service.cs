using Pyrite;
using static Pyrite.Primitives;

// A posterior behind a service: each request draws one for its own data, on whatever thread it comes.
WebApplication app = WebApplication.CreateSlimBuilder(args).Build();
app.Urls.Add("http://127.0.0.1:0");
app.MapGet("/coin", (int heads, int tosses) => Mean(heads, tosses).ToString("R"));
await app.StartAsync();

using HttpClient client = new() { BaseAddress = new Uri(app.Urls.First()) };
string[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.GetStringAsync("/coin?heads=7&tosses=10")));
await app.StopAsync();

// The check: Beta(17, 13), and the same seed gives the same bits on every thread.
bool passed = answers.Distinct().Count() == 1 && Math.Abs(double.Parse(answers[0]) - (17.0 / 30)) < 0.01;
Console.WriteLine(passed ? "check passed" : $"check FAILED: {string.Join(" ", answers)}");
return passed ? 0 : 1;

static double Mean(int heads, int tosses)
{
    double[] outcomes = [.. Enumerable.Range(0, tosses).Select(i => i < heads ? 1.0 : 0)];
    Tensor data = Tensor.From(outcomes);
    McmcResult posterior = Mcmc.Run(Model, chains: 4, warmup: 500, draws: 1_000, seed: 1);
    return posterior["bias"].ToArray<double>().Average();

    void Model()
    {
        Tensor bias = Sample("bias", new Beta(10, 10));
        using PlateScope plate = Plate("tosses", tosses);
        Sample("toss", new Bernoulli(bias), observed: data);
    }
}
