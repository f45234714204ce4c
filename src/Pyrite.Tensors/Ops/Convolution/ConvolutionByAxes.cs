namespace Pyrite;

/// <summary>Convolutions of sequences [N, C, L] and volumes [N, C, D, H, W], made of those of images.</summary>
public static class ConvolutionByAxes
{
    extension(Tensor x)
    {
        /// <summary>Cross-correlation of sequences.</summary>
        /// <param name="weight">[out, in / groups, kernel].</param>
        /// <param name="bias">[out], or null.</param>
        /// <param name="stride">Step of the kernel.</param>
        /// <param name="padding">Zeros added on both sides.</param>
        /// <param name="dilation">Distance between kernel elements.</param>
        /// <param name="groups">Into how many groups the channels are split.</param>
        public Tensor Conv1d(Tensor weight, Tensor? bias = null, int stride = 1, int padding = 0, int dilation = 1, int groups = 1)
        {
            CheckRank("conv1d", x, weight, 3, "[N, C, L]");
            return x.Unsqueeze(2).Conv2d(weight.Unsqueeze(2), bias, (1, stride), (0, padding), (1, dilation), groups).Squeeze(2);
        }

        /// <summary>The transposed convolution of sequences.</summary>
        /// <param name="weight">[in, out / groups, kernel].</param>
        /// <param name="bias">[out], or null.</param>
        /// <param name="stride">Step of the kernel in the result.</param>
        /// <param name="padding">Elements cut off on both sides of the result.</param>
        /// <param name="outputPadding">Elements added at the end of the result.</param>
        /// <param name="dilation">Distance between kernel elements.</param>
        /// <param name="groups">Into how many groups the channels are split.</param>
        public Tensor ConvTranspose1d(Tensor weight, Tensor? bias = null, int stride = 1, int padding = 0, int outputPadding = 0, int dilation = 1,
            int groups = 1)
        {
            CheckRank("conv_transpose1d", x, weight, 3, "[N, C, L]");
            return x.Unsqueeze(2).ConvTranspose2d(weight.Unsqueeze(2), bias, (1, stride), (0, padding), (0, outputPadding), (1, dilation), groups)
                .Squeeze(2);
        }

        /// <summary>Cross-correlation of volumes; one image convolution a depth of the kernel.</summary>
        /// <param name="weight">[out, in / groups, kernel depth, height, width].</param>
        /// <param name="bias">[out], or null.</param>
        /// <param name="stride">Step of the kernel along all axes.</param>
        /// <param name="padding">Zeros added on all sides.</param>
        /// <param name="dilation">Distance between kernel elements.</param>
        /// <param name="groups">Into how many groups the channels are split.</param>
        public Tensor Conv3d(Tensor weight, Tensor? bias = null, int stride = 1, int padding = 0, int dilation = 1, int groups = 1)
        {
            CheckRank("conv3d", x, weight, 5, "[N, C, D, H, W]");
            Tensor padded = x.Pad(2, padding, padding);
            int depth = ((padded.Shape[2] - (dilation * (weight.Shape[2] - 1)) - 1) / stride) + 1;
            if (depth < 1 || padded.Shape[2] <= dilation * (weight.Shape[2] - 1))
            {
                throw new ArgumentException($"conv3d: volumes {x.Shape} with padding {padding} are less deep than the kernel {weight.Shape}.");
            }
            Tensor? sum = null;
            for (int tap = 0; tap < weight.Shape[2]; tap++)
            {
                Tensor images = padded.Slice(2, tap * dilation, depth, stride).Permute(0, 2, 1, 3, 4);
                Tensor part =
                    images.Reshape([x.Shape[0] * depth, .. images.Shape[2..].Sizes])
                        .Conv2d(weight.Select(2, tap), sum is null ? bias : null, stride, padding, dilation, groups);
                sum = sum is null ? part : sum + part;
            }
            return sum!.Reshape([x.Shape[0], depth, .. sum!.Shape[1..].Sizes]).Permute(0, 2, 1, 3, 4);
        }

        /// <summary>The transposed convolution of volumes.</summary>
        /// <param name="weight">[in, out / groups, kernel depth, height, width].</param>
        /// <param name="bias">[out], or null.</param>
        /// <param name="stride">Step of the kernel in the result.</param>
        /// <param name="padding">Elements cut off on all sides of the result.</param>
        /// <param name="outputPadding">Elements added at the end of every axis of the result.</param>
        /// <param name="dilation">Distance between kernel elements.</param>
        /// <param name="groups">Into how many groups the channels are split.</param>
        public Tensor ConvTranspose3d(Tensor weight, Tensor? bias = null, int stride = 1, int padding = 0, int outputPadding = 0, int dilation = 1,
            int groups = 1)
        {
            CheckRank("conv_transpose3d", x, weight, 5, "[N, C, D, H, W]");
            int depth = x.Shape[2];
            int length = ((depth - 1) * stride) + (dilation * (weight.Shape[2] - 1)) + outputPadding + 1;
            Tensor images = x.Permute(0, 2, 1, 3, 4);
            images = images.Reshape([x.Shape[0] * depth, .. images.Shape[2..].Sizes]);
            Tensor? sum = null;
            for (int tap = 0; tap < weight.Shape[2]; tap++)
            {
                Tensor part = images.ConvTranspose2d(weight.Select(2, tap), null, stride, padding, outputPadding, dilation, groups);
                part = part.Reshape([x.Shape[0], depth, .. part.Shape[1..].Sizes]);
                Tensor places = (Tensor.Range(depth) * stride) + (tap * dilation);
                Tensor target = sum ?? Tensor.Zeros(part.Shape.Replace(1, length), part.DType);
                sum = target.IndexAdd(1, places, part);
            }
            Tensor result = sum!.Slice(1, padding, length - (2 * padding)).Permute(0, 2, 1, 3, 4);
            return bias is null ? result : result + bias.Reshape(1, bias.Count, 1, 1, 1);
        }
    }

    private static void CheckRank(string operation, Tensor x, Tensor weight, int rank, string axes)
    {
        if (x.Rank != rank || weight.Rank != rank)
        {
            throw new ArgumentException(
                $"{operation}: an input {axes} and a weight with {rank} axes are needed; found shapes {x.Shape} and {weight.Shape}.");
        }
    }
}
