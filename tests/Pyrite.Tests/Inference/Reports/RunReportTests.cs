using System.Text.Json;
using System.Text.RegularExpressions;
using static Pyrite.Primitives;

namespace Pyrite.Tests.Inference.Reports;

/// <summary>The page of a run: one file with everything in it.</summary>
public sealed class RunReportTests : IDisposable
{
    private static readonly string[] Schools = ["Choate", "</script><b>", "Andover & \"co\""];

    private readonly string folder = Directory.CreateTempSubdirectory("pyrite-report-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_run_tells_its_draws_model_data_and_settings_in_one_file()
    {
        McmcResult run = Mcmc.Run(Model, new Nuts(), chains: 3, warmup: 50, draws: 40, seed: 7);
        string path = Path.Combine(folder, "run.html");
        run.SaveReport(path, Model, "Coaching <two>");
        string page = File.ReadAllText(path);

        Assert.Contains("<title>Coaching &lt;two&gt;</title>", page, StringComparison.Ordinal);
        Assert.Contains("3 chains", page, StringComparison.Ordinal);
        Assert.Contains("seed 7", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">theta[&lt;/script&gt;&lt;b&gt;]</th>", page, StringComparison.Ordinal);
        Assert.Contains("<svg", page, StringComparison.Ordinal);
        Assert.Contains("id=\"checks\"", page, StringComparison.Ordinal);

        // The page itself forbids all requests; a test in a browser opens it without a network. Scripts are closed by what closes them alone.
        Assert.Contains("Content-Security-Policy\" content=\"default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
            + "img-src data:\"", page, StringComparison.Ordinal);
        Assert.Equal((4, 4), (Regex.Count(page, "<script"), Regex.Count(page, "</script>")));
        Assert.DoesNotMatch(new Regex("^(import|export) ", RegexOptions.Multiline), page);
        Assert.DoesNotMatch(new Regex("@(title|subtitle|body|data|footer|style|d3|plot|modules)\\b"), page);

        JsonElement data = Data(page);
        Assert.Equal(run.Draws.Variables.SelectMany(variable => variable.ScalarNames),
            data.GetProperty("names").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(Array.ConvertAll(run.Draws.Scalar("theta[Choate]"), value => (float)value), Floats(data.GetProperty("values")[1]));
        Assert.Equal(120, Convert.FromBase64String(data.GetProperty("divergent").GetString()!).Length);
        JsonElement check = data.GetProperty("checks")[0];
        Assert.Equal("y", check.GetProperty("name").GetString());
        Assert.Equal([28, 8, -3], check.GetProperty("data").EnumerateArray().Select(number => number.GetDouble()));
        Assert.Equal(3, Floats(check.GetProperty("replicates")[0]).Length);
    }

    [Fact]
    public void Large_runs_are_thinned_and_the_page_says_so()
    {
        Draws draws = new(2, 10_000, [new DrawsVariable("w", [150], new double[3_000_000])]);
        string path = Path.Combine(folder, "run.html");
        draws.SaveReport(path);
        string page = File.ReadAllText(path);
        Assert.Contains("The first 100 of 150 numbers are here. Of 9 draws one is here", page, StringComparison.Ordinal);
        Assert.True(new FileInfo(path).Length < 2_000_000);
        Assert.Equal(1112, Data(page).GetProperty("draws").GetInt32());
    }

    [Fact]
    public void A_fit_tells_its_losses()
    {
        SviResult fit = new([.. Enumerable.Range(0, 9_000).Select(i => 10.0 / (i + 1))], SviStopReason.Completed, 0, ["unused"]);
        string path = Path.Combine(folder, "fit.html");
        fit.SaveReport(path, new Draws(50, [new DrawsVariable("m", Shape.Scalar, [.. Enumerable.Range(0, 50).Select(i => (double)i)])]));
        string page = File.ReadAllText(path);
        JsonElement data = Data(page);
        Assert.Equal(3, data.GetProperty("lossStride").GetInt32());
        Assert.Equal(3000, Floats(data.GetProperty("losses")).Length);
        Assert.Contains("No gradient ever reached unused", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">m</th>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fit_with_its_inference_tells_settings_graph_parameters_and_data()
    {
        Tensor data = Tensor.From([1.5, 2.5, 0.5]);
        Svi<Tensor> svi = new(Observed, Guided, new Adam(0.125), new TraceElbo(3), seed: 11);
        SviResult fit = svi.Run(data, 20);
        string path = Path.Combine(folder, "fit.html");
        byte[] picture = [1, 2, 3];
        svi.SaveReport(path, fit, data, svi.Predict(data, 30), "A <fit>", [("a picture", picture)]);
        string page = File.ReadAllText(path);

        Assert.Contains("<title>A &lt;fit&gt;</title>", page, StringComparison.Ordinal);
        Assert.All(["particles</th><td>3", "optimizer</th><td>Adam", "learning rate</th><td>0.125", "seed</th><td>11", "objective</th><td>TraceElbo",
            "steps in all</th><td>20"], row => Assert.Contains($"<th scope=\"row\">{row}</td>", page, StringComparison.Ordinal));
        Assert.Contains("alt=\"a picture\" src=\"data:image/png;base64,AQID\"", page, StringComparison.Ordinal);
        Assert.All(["mu", "sigma", "y"], site => Assert.Contains($">{site}</text>", page, StringComparison.Ordinal));
        Assert.Contains("<th scope=\"row\">loc</th><td>[]</td>", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">y</th><td>[3]</td><td>0.5</td><td>1.5</td><td>2.5</td>", page, StringComparison.Ordinal);
        JsonElement check = Data(page).GetProperty("checks")[0];
        Assert.Equal([1.5, 2.5, 0.5], check.GetProperty("data").EnumerateArray().Select(number => number.GetDouble()));
        Assert.Equal(40, check.GetProperty("replicates").GetArrayLength());
        Assert.Equal(20, Floats(Data(page).GetProperty("losses")).Length);
        Assert.Equal(20, svi.StepCount);

        static void Observed(Tensor y)
        {
            Tensor mu = Sample("mu", new Normal(0, 5)), sigma = Param("sigma", 1.0, Constraints.Positive);
            using (Plate("rows", 3))
            {
                Sample("y", new Normal(mu, sigma), observed: y);
            }
        }

        static void Guided(Tensor y) =>
            Sample("mu", new Normal(Param("loc", 0.0), Param("scale", 1.0, Constraints.Positive)));
    }

    private static JsonElement Data(string page)
    {
        Match found = Regex.Match(page, "<script type=\"application/json\" id=\"run\">(.*?)</script>", RegexOptions.Singleline);
        return JsonDocument.Parse(found.Groups[1].Value).RootElement;
    }

    private static float[] Floats(JsonElement text)
    {
        byte[] bytes = Convert.FromBase64String(text.GetString()!);
        float[] numbers = new float[bytes.Length / 4];
        Buffer.BlockCopy(bytes, 0, numbers, 0, bytes.Length);
        return numbers;
    }

    private static void Model()
    {
        Tensor mu = Sample("mu", new Normal(0, 5));
        using (Plate("schools", Schools))
        {
            Sample("y", new Normal(Sample("theta", new Normal(mu, 5)), Tensor.From([15.0, 10, 16])), observed: Tensor.From([28.0, 8, -3]));
        }
    }
}
