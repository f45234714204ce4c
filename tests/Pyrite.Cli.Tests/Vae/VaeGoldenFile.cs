using Pyrite.Testing;


namespace Pyrite.Cli.Tests;

/// <summary>Reads the golden autoencoder: its weights, batches of images and noise.</summary>
internal static class VaeGoldenFile
{
    private static readonly Lazy<Mnist> Digits = new(Mnist.Load);

    /// <summary>The tensors of a file of the folder vae.</summary>
    public static NamedTensors Load(string name) => SafeTensors.Load(GoldenFolder.Path("vae", name + ".safetensors"));

    /// <summary>An autoencoder with the weights of a file.</summary>
    public static Vae Model(string file, DType type)
    {
        Vae vae = new();
        vae.LoadState(Load(file).Where(t => vae.NamedParameters.ContainsKey(t.Key)).ToDictionary());
        vae.To(type);
        return vae;
    }

    /// <summary>Images as bytes, [n, 28, 28], as the network takes them: byte / 255, [n, 1, 28, 28].</summary>
    public static Tensor Pixels(Tensor bytes, DType type) => bytes.To(type).Reshape(-1, 1, 28, 28) / 255.0;

    /// <summary>Consecutive training images.</summary>
    public static Tensor Training(int first, int count, DType type) => Pixels(Digits.Value.Train, first, count, type);

    /// <summary>Consecutive test images.</summary>
    public static Tensor Testing(int first, int count, DType type) => Pixels(Digits.Value.Test, first, count, type);

    /// <summary>The parts of tensor names before the last slash that have a tensor of the given last part.</summary>
    public static IEnumerable<string> Batches(NamedTensors tensors, string part) =>
        tensors.Keys.Where(k => k.EndsWith("/" + part, StringComparison.Ordinal)).Select(k => k[..^(part.Length + 1)]);

    /// <summary>A gradient or parameter; of the largest weight some files keep only the first rows.</summary>
    public static double[] Rows(Tensor whole, Tensor kept) => whole.ToArray<double>()[..kept.Count];

    private static Tensor Pixels(LabelledImages images, int first, int count, DType type) =>
        Pixels(Tensor.From<byte>(images.Slice(first, count).Pixels.Span, [count, 28, 28]), type);
}
