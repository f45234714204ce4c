namespace Pyrite.Latent;

/// <summary>An autoencoder as it answers requests: bytes in, bytes out, from many threads.</summary>
internal sealed class OpenPlane
{
    private const int Latents = 2;
    private const int EncodedAtOnce = 500;
    private const int DecodedAtOnce = 64;

    private readonly LatentPlane plane;
    private readonly Lazy<float[]> means;

    /// <summary>Takes an autoencoder, and runs it once, so that its weights are there before requests come.</summary>
    public OpenPlane(LatentPlane plane)
    {
        this.plane = plane;
        means = new Lazy<float[]>(EncodeTest);
        _ = Decode([0, 0]);
    }

    /// <summary>The height of an image, in pixels.</summary>
    public int Rows => plane.Test.Rows;

    /// <summary>The width of an image, in pixels.</summary>
    public int Columns => plane.Test.Columns;

    /// <summary>Pixels of an image.</summary>
    public int Pixels => Rows * Columns;

    /// <summary>The images it was trained on.</summary>
    public LabelledImages Training => plane.Training;

    /// <summary>The images that lie in the plane.</summary>
    public LabelledImages Test => plane.Test;

    /// <summary>The means of the latents of all test images, two numbers each; encoded when first asked for.</summary>
    public float[] Means => means.Value;

    /// <summary>The images that latents decode to.</summary>
    /// <param name="latents">Two numbers for each image.</param>
    /// <returns>A byte for each pixel, image after image.</returns>
    public byte[] Decode(ReadOnlySpan<float> latents)
    {
        int count = latents.Length / Latents;
        byte[] pixels = new byte[count * Pixels];
        for (int start = 0; start < count; start += DecodedAtOnce)
        {
            int some = Math.Min(DecodedAtOnce, count - start);

            // One image or a whole stretch: two sizes, so two plans.
            float[] padded = new float[(some == 1 ? 1 : DecodedAtOnce) * Latents];
            latents.Slice(start * Latents, some * Latents).CopyTo(padded);
            using NoGradient.Scope untracked = NoGradient.Begin();
            using StepScope step = StepScope.Begin();
            float[] images = plane.Decode(Tensor.From(padded).Reshape(-1, Latents)).ToArray<float>();
            for (int i = 0; i < some * Pixels; i++)
            {
                pixels[(start * Pixels) + i] = (byte)MathF.Round(255 * Math.Clamp(images[i], 0, 1));
            }
        }
        return pixels;
    }

    /// <summary>The mean of the latents of an image, two numbers.</summary>
    public float[] Encode(ReadOnlySpan<byte> image)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        using StepScope step = StepScope.Begin();
        float[] ink = new float[image.Length];
        for (int i = 0; i < ink.Length; i++)
        {
            ink[i] = image[i] / 255f;
        }
        return plane.Encode(Tensor.From(ink).Reshape(1, 1, Rows, Columns)).ToArray<float>();
    }

    private float[] EncodeTest()
    {
        List<float> all = [];
        using NoGradient.Scope untracked = NoGradient.Begin();
        foreach ((Tensor images, _) in new DataLoader(plane.Test, EncodedAtOnce))
        {
            using StepScope step = StepScope.Begin();
            all.AddRange(plane.Encode(images).ToArray<float>());
        }
        return [.. all];
    }
}
