namespace Pyrite.Explorer.Tests;

/// <summary>Two small networks between images and a plane.</summary>
internal sealed class TinyPlane : Module
{
    private const int Side = TemporaryRuns.Side;

    private readonly Linear inner;
    private readonly Linear outer;
    private readonly Linear back;

    public TinyPlane(int seed)
    {
        inner = new Linear(2, 16);
        outer = new Linear(16, Side * Side);
        back = new Linear(Side * Side, 2);
        RandomKey key = RandomKey.FromSeed((ulong)seed);
        foreach (Parameter parameter in Parameters)
        {
            key = key.Child(1);
            parameter.Assign(key.Normal(parameter.Shape, DType.Float32));
        }
    }

    public Tensor Decode(Tensor z) => outer.Forward(inner.Forward(z).Tanh()).Sigmoid().Reshape(-1, 1, Side, Side);

    public Tensor Encode(Tensor x) => back.Forward(x.Reshape(-1, Side * Side)) * 0.2;

    /// <summary>The image that a latent decodes to, as bytes, by the plainest way.</summary>
    public byte[] Image(float x, float y) =>
        [.. Decode(Tensor.From([x, y]).Reshape(1, 2)).ToArray<float>().Select(ink => (byte)MathF.Round(255 * ink))];

    /// <summary>Images with a bar each, whose place is the label.</summary>
    public static LabelledImages Images(int count)
    {
        byte[] pixels = new byte[count * Side * Side], labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i % 10))];
        for (int i = 0; i < count; i++)
        {
            for (int row = 1 + (i % 3); row < Side - 1; row++)
            {
                pixels[(((i * Side) + row) * Side) + 1 + labels[i]] = (byte)(255 - i);
            }
        }
        return new LabelledImages(pixels, labels, Side, Side);
    }
}
