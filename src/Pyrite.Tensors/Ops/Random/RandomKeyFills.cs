using Pyrite.Kernels.Random;

namespace Pyrite;

/// <summary>Draws of a <see cref="RandomKey"/> into spans.</summary>
/// <remarks>
/// Draw i depends only on the key and i, never on the length or on how the work is split. Fills allocate nothing. A fill does not
/// change the key: filling twice gives the same numbers, so derive a child for every fill.
/// </remarks>
public static class RandomKeyFills
{
    extension(RandomKey key)
    {
        /// <summary>Fills with uniform Float32 draws from the open interval (0, 1).</summary>
        /// <remarks>A draw is (k + ½) 2⁻²³ with k uniform on 0 … 2²³ - 1: exact, symmetric about ½, from 2⁻²⁴ to 1 - 2⁻²⁴, never 0 or 1.</remarks>
        public void FillUniform(Span<float> destination) => key.FillUniform(destination, 0);

        /// <summary>Fills with uniform Float64 draws from the open interval (0, 1).</summary>
        /// <remarks>A draw is (k + ½) 2⁻⁵² with k uniform on 0 … 2⁵² - 1: exact, symmetric about ½, from 2⁻⁵³ to 1 - 2⁻⁵³, never 0 or 1.</remarks>
        public void FillUniform(Span<double> destination) => key.FillUniform(destination, 0);

        /// <summary>Fills with standard normal Float32 draws.</summary>
        /// <remarks>Box and Muller's transform of 32-bit draws; the largest magnitude is 6.66, and no draw is exactly 0.</remarks>
        public void FillNormal(Span<float> destination) => key.FillNormal(destination, 0);

        /// <summary>Fills with standard normal Float64 draws.</summary>
        /// <remarks>Box and Muller's transform of 64-bit draws; the largest magnitude is 9.42, and no draw is exactly 0.</remarks>
        public void FillNormal(Span<double> destination) => key.FillNormal(destination, 0);

        /// <summary>Fills with uniform 32-bit words.</summary>
        public void FillBits(Span<uint> destination) => key.FillBits(destination, 0);

        /// <summary>Fills with uniform 64-bit words.</summary>
        public void FillBits(Span<ulong> destination) => key.FillBits(destination, 0);

        /// <summary>Fills with integers, each of 0 … <paramref name="exclusiveMax"/> - 1 equally likely.</summary>
        /// <remarks>Lemire's multiplication with rejection ("Fast random integer generation in an interval", 2019): no bias for any range.</remarks>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMax"/> is below 1.</exception>
        public void FillIntegers(Span<long> destination, long exclusiveMax) => key.FillIntegers(destination, exclusiveMax, 0);

        /// <summary>Fills with a random order of 0 … length - 1, each order equally likely.</summary>
        /// <remarks>Fisher and Yates's shuffle with unbiased integers.</remarks>
        public void Permutation(Span<int> destination) => IntegerKernel.Permutation(key, destination);

        internal void FillUniform(Span<float> destination, long offset) => RandomFill.Run<Uniform32Kernel, float>(key, destination, offset);

        internal void FillUniform(Span<double> destination, long offset) => RandomFill.Run<Uniform64Kernel, double>(key, destination, offset);

        internal void FillNormal(Span<float> destination, long offset) => RandomFill.Run<Normal32Kernel, float>(key, destination, offset);

        internal void FillNormal(Span<double> destination, long offset) => RandomFill.Run<Normal64Kernel, double>(key, destination, offset);

        internal void FillBits(Span<uint> destination, long offset) => RandomFill.Run<Bits32Kernel, uint>(key, destination, offset);

        internal void FillBits(Span<ulong> destination, long offset) => RandomFill.Run<Bits64Kernel, ulong>(key, destination, offset);

        internal void FillIntegers(Span<long> destination, long exclusiveMax, long offset) =>
            IntegerKernel.Fill(key, destination, exclusiveMax, offset);
    }
}
