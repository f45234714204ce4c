using Pyrite.Testing;


namespace Pyrite.Cli.Tests;

/// <summary>Ten Adam steps of the autoencoder through <see cref="Svi{T}"/>, with given images and noise; tolerances of the golden README.</summary>
public sealed class VaeAdamGoldenTests
{
    private const double LearningRate = 1e-3;

    [Theory]
    [InlineData(DType.Float64)]
    [InlineData(DType.Float32)]
    public void Losses_and_parameters_agree_step_by_step(DType type)
    {
        NamedTensors golden = VaeGoldenFile.Load("vae_adam");
        int first = GoldenFolder.Json("vae", "vae_adam.json").GetProperty("first_image").GetInt32();
        string prefix = type == DType.Float64 ? "float64" : "float32";
        double[] losses = golden[$"{prefix}/loss"].ToArray<double>();
        Tensor noise = golden["eps"].To(type);
        int batch = noise.Shape[1];
        Vae vae = VaeGoldenFile.Model("vae_init", type);
        GivenNoiseHandler? given = null;
        Svi<Tensor> svi = new(
            vae.Model,
            x =>
            {
                using HandlerScope scope = given!.Enter();
                vae.Guide(x);
            },
            new Adam(LearningRate),
            new TraceElbo());
        using Precision.Scope precision = Precision.Use(type);
        for (int step = 0; step < losses.Length; step++)
        {
            given = new GivenNoiseHandler(noise.Select(0, step));
            double loss = svi.Step(VaeGoldenFile.Training(first + (step * batch), batch, type));
            double tolerance = type == DType.Float64 ? 1e-10 : 1e-6 + (9e-6 * step / 9);
            Assert.InRange(Math.Abs(loss - losses[step]), 0, tolerance * losses[step]);
            CompareParameters(vae, golden, $"{prefix}/after{step + 1}/", step + 1, type);
        }
    }

    private static void CompareParameters(Vae vae, NamedTensors golden, string prefix, int steps, DType type)
    {
        int entries = 0;
        int loose = 0;
        int far = 0;
        double limit = type == DType.Float64 ? 1e-9 : steps switch { 1 => 2e-6, <= 3 => 5e-6, _ => 5e-5 };
        foreach ((string name, Tensor want) in golden.Where(t => t.Key.StartsWith(prefix, StringComparison.Ordinal)))
        {
            double[] got = VaeGoldenFile.Rows(vae.NamedParameters[name[prefix.Length..]].Value, want);
            double[] expected = want.ToArray<double>();
            for (int i = 0; i < got.Length; i++)
            {
                double difference = Math.Abs(got[i] - expected[i]);
                entries++;
                loose += difference > 2e-6 ? 1 : 0;
                far += difference > limit ? 1 : 0;
                Assert.True(difference <= (type == DType.Float64 ? limit : steps * LearningRate), $"{name}[{i}]: off by {difference}");
            }
        }

        // Adam divides by the gradient's own size: where that is near rounding, an entry may move by up to the rate a step.
        Assert.True(far <= 1e-4 * entries, $"{prefix}: {far} of {entries} entries are off by more than {limit}");
        Assert.True(loose <= 1e-3 * entries, $"{prefix}: {loose} of {entries} entries are off by more than 2e-6");
    }
}
