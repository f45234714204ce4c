using Pyrite.Testing;


namespace Pyrite.Cli.Tests;

/// <summary>One step of the autoencoder from given weights, images and noise against PyTorch and Pyro; tolerances of the golden README.</summary>
public sealed class VaeStepGoldenTests
{
    public static TheoryData<string, string> Cases()
    {
        TheoryData<string, string> cases = [];
        foreach (string file in new[] { "vae_step_float64", "vae_step_float32" })
        {
            foreach (string batch in VaeGoldenFile.Batches(VaeGoldenFile.Load(file), "mean"))
            {
                cases.Add(file, batch);
            }
        }
        return cases;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Outputs_and_log_probabilities_agree(string file, string batch)
    {
        (Trace model, Trace guide, NamedTensors golden, DType type) = Run(file, batch);
        bool exact = type == DType.Float64;
        Normal q = (Normal)((Independent)((SampleSite)guide["latent"]).Distribution).Base;
        SampleSite pixels = (SampleSite)model["obs"];
        Bernoulli decoded = (Bernoulli)((Independent)pixels.Distribution).Base;
        AssertOutput(q.Loc, golden[$"{batch}/mean"], exact, "mean");
        AssertOutput(q.Scale, golden[$"{batch}/scale"], exact, "scale");
        AssertOutput(guide["latent"].Value, golden[$"{batch}/z"], exact, "z");
        Tensor image = golden[$"{batch}/image"];
        AssertOutput(decoded.Probs.Slice(0, 0, image.Shape[0]), image.Reshape(-1, 1, 28, 28), exact, "image");

        Tensor likelihood = pixels.LogProb();
        Tensor prior = ((SampleSite)model["latent"]).LogProb();
        Tensor posterior = ((SampleSite)guide["latent"]).LogProb();
        AssertDensity(likelihood, golden[$"{batch}/log_p_x_given_z"], exact, "log p(x|z)");
        AssertDensity(prior, golden[$"{batch}/log_p_z"], exact, "log p(z)");
        AssertDensity(posterior, golden[$"{batch}/log_q_z_given_x"], exact, "log q(z|x)");
        AssertDensity(likelihood + prior - posterior, golden[$"{batch}/elbo"], exact, "elbo");
        Tensor divergence = KullbackLeibler.Divergence(q.ToEvent(1), new Normal(Tensor.Zeros(q.BatchShape, type), 1).ToEvent(1));
        AssertDensity(divergence, golden[$"{batch}/kl_analytic"], exact, "KL(q || p)");
    }

    [Theory, MemberData(nameof(Cases))]
    public void Loss_and_every_gradient_agree(string file, string batch)
    {
        (Trace model, Trace guide, NamedTensors golden, DType type) = Run(file, batch);
        Tensor loss = guide.LogProb() - model.LogProb();
        double want = golden[$"{batch}/loss"].Item();
        Assert.InRange(Math.Abs(loss.Item() - want), 0, (type == DType.Float64 ? 1e-10 : 1e-6) * Math.Abs(want));

        string prefix = $"{batch}/grad/";
        string[] names = [.. golden.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Select(k => k[prefix.Length..])];
        Dictionary<string, Parameter> parameters = Parameters(model, guide);
        Assert.Equal(parameters.Keys.Order(), names.Order());
        Tensor[] gradients = Gradient.Of(loss, [.. names.Select(n => parameters[n].Value)]);
        double tolerance = type == DType.Float64 ? 1e-10 : 5e-5;
        for (int i = 0; i < names.Length; i++)
        {
            Tensor wanted = golden[prefix + names[i]];
            double[] got = VaeGoldenFile.Rows(gradients[i], wanted);
            double[] expected = wanted.ToArray<double>();
            double largest = gradients[i].ToArray<double>().Max(Math.Abs);
            for (int j = 0; j < got.Length; j++)
            {
                Assert.True(Math.Abs(got[j] - expected[j]) <= tolerance * largest,
                    $"{names[i]}[{j}]: got {got[j]:R}, want {expected[j]:R}, largest {largest:R}");
            }
        }
    }

    private static Dictionary<string, Parameter> Parameters(Trace model, Trace guide) =>
        new[] { guide, model }.SelectMany(t => t.Sites.OfType<ModuleSite>())
            .SelectMany(m => m.Module.NamedParameters.Select(p => KeyValuePair.Create($"{m.Name}.{p.Key}", p.Value))).ToDictionary();

    private static (Trace Model, Trace Guide, NamedTensors Golden, DType Type) Run(string file, string batch)
    {
        DType type = file.EndsWith("64", StringComparison.Ordinal) ? DType.Float64 : DType.Float32;
        NamedTensors start = VaeGoldenFile.Load("vae_init");
        Vae vae = VaeGoldenFile.Model("vae_init", type);
        Tensor images = VaeGoldenFile.Pixels(start[$"images_{batch}"], type);
        Tensor noise = start[$"eps_{batch}"].To(type);
        using Precision.Scope precision = Precision.Use(type);
        Trace guide = Trace.Of(() => vae.Guide(images), new GivenNoiseHandler(noise));
        Trace model = Trace.Of(() => vae.Model(images), new ReplayHandler(guide));
        return (model, guide, VaeGoldenFile.Load(file), type);
    }

    private static void AssertOutput(Tensor got, Tensor want, bool exact, string name) =>
        Close.Assert(got, want, exact ? 1e-10 : 0, exact ? 1e-12 : 1e-5, name);

    private static void AssertDensity(Tensor got, Tensor want, bool exact, string name) =>
        Close.Assert(got, want, exact ? 1e-10 : 1e-5, exact ? 1e-12 : 1e-7, name);
}
