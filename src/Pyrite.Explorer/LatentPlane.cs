namespace Pyrite;

/// <summary>What the explorer needs of an autoencoder with two latent numbers: both networks, and digits to try them on.</summary>
/// <remarks>The functions are called by several threads at once and must not be trained meanwhile; networks in <c>Eval()</c> fit.</remarks>
/// <param name="decode">From latents [n, 2] to images [n, 1, rows, columns], each pixel from 0 (background) to 1 (ink).</param>
/// <param name="encode">From such images to the means of their latents, [n, 2].</param>
/// <param name="training">The images that it was trained on, among which the nearest are looked for.</param>
/// <param name="test">Images that lie in the plane as points, coloured by their labels.</param>
public sealed class LatentPlane(Func<Tensor, Tensor> decode, Func<Tensor, Tensor> encode, LabelledImages training, LabelledImages test)
{
    /// <summary>From latents [n, 2] to images [n, 1, rows, columns].</summary>
    public Func<Tensor, Tensor> Decode { get; } = decode ?? throw new ArgumentNullException(nameof(decode));

    /// <summary>From images [n, 1, rows, columns] to the means of their latents, [n, 2].</summary>
    public Func<Tensor, Tensor> Encode { get; } = encode ?? throw new ArgumentNullException(nameof(encode));

    /// <summary>The images that it was trained on.</summary>
    public LabelledImages Training { get; } = training ?? throw new ArgumentNullException(nameof(training));

    /// <summary>The images that lie in the plane.</summary>
    public LabelledImages Test { get; } = test ?? throw new ArgumentNullException(nameof(test));
}
