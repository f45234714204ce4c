using Pyrite.Testing;


namespace Pyrite.Cli.Tests;

/// <summary>Weights that PyTorch trained, loaded by name: decoded images, encodings and scores; tolerances of the golden README.</summary>
public sealed class VaeTrainedGoldenTests
{
    private readonly NamedTensors golden = VaeGoldenFile.Load("vae_trained");
    private readonly Vae vae = VaeGoldenFile.Model("vae_trained", DType.Float32);
    private readonly int first = GoldenFolder.Json("vae", "vae_trained.json").GetProperty("first_test_image").GetInt32();

    [Fact]
    public void Decoded_images_agree()
    {
        Tensor images = vae.Decoder.Forward(golden["grid_z"].To(DType.Float32));
        Close.Assert(images.Reshape(-1, 28, 28), golden["grid_image"], 0, 1e-5, "grid_image");
    }

    [Fact]
    public void Encodings_of_test_images_agree()
    {
        Tensor mean = golden["test_mean"];
        (Tensor loc, Tensor scale) = vae.Encoder.Forward(VaeGoldenFile.Testing(first, mean.Shape[0], DType.Float32));
        double[] got = loc.ToArray<double>();
        double[] want = mean.ToArray<double>();
        for (int i = 0; i < want.Length; i++)
        {
            Assert.InRange(Math.Abs(got[i] - want[i]), 0, 1e-4);
        }
        double[] gotScale = scale.ToArray<double>();
        double[] wantScale = golden["test_scale"].ToArray<double>();
        for (int i = 0; i < wantScale.Length; i++)
        {
            Assert.InRange(Math.Abs(gotScale[i] - wantScale[i]), 0, 1e-4 * wantScale[i]);
        }
    }

    [Fact]
    public void Scores_of_test_images_agree()
    {
        Tensor noise = golden["test_eps"].To(DType.Float32);
        Tensor images = VaeGoldenFile.Testing(first, noise.Shape[0], DType.Float32);
        Trace guide = Trace.Of(() => vae.Guide(images), new GivenNoiseHandler(noise));
        Trace model = Trace.Of(() => vae.Model(images), new ReplayHandler(guide));
        Tensor likelihood = ((SampleSite)model["obs"]).LogProb();
        Close.Assert(likelihood, golden["test_log_p_x_given_z"], 1e-5, 1e-7, "log p(x|z)");
        Close.Assert(likelihood + ((SampleSite)model["latent"]).LogProb() - ((SampleSite)guide["latent"]).LogProb(), golden["test_elbo"], 1e-5, 1e-7,
            "elbo");
    }
}
