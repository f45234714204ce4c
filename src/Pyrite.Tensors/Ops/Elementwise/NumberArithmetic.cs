using Pyrite.Engine;
using Pyrite.Ops.Elementwise.Activating;
using Pyrite.Ops.Elementwise.Bounds;
using Pyrite.Ops.Elementwise.Exponentials;

namespace Pyrite.Ops.Elementwise;

/// <summary>Arithmetic of single Float64 numbers that is taken down.</summary>
internal static class NumberArithmetic
{
    extension(INumbers numbers)
    {
        public int Add(int a, int b) => numbers.Apply(default(Zip<AddKernel>), DType.Float64, a, b);

        public int Subtract(int a, int b) => numbers.Apply(default(Zip<SubtractKernel>), DType.Float64, a, b);

        public int Multiply(int a, int b) => numbers.Apply(default(Zip<MultiplyKernel>), DType.Float64, a, b);

        public int Divide(int a, int b) => numbers.Apply(default(Zip<DivideKernel>), DType.Float64, a, b);

        public int Maximum(int a, int b) => numbers.Apply(default(Zip<MaximumKernel>), DType.Float64, a, b);

        public int Minimum(int a, int b) => numbers.Apply(default(Zip<MinimumKernel>), DType.Float64, a, b);

        /// <summary>A function of one argument.</summary>
        public int Map<TKernel>(int x) where TKernel : struct, IUnaryKernel => numbers.Apply(default(Map<TKernel>), DType.Float64, x);

        /// <summary>a where both numbers are equal, else b.</summary>
        public int IfEqual(int first, int second, int a, int b) => numbers.Apply(default(WhereOperation), DType.Float64,
            numbers.Apply(default(Compare<EqualKernel>), DType.Bool, first, second), a, b);

        /// <summary>What an operation makes of all numbers, in the shape of a tree, so that many can run at once; of none, a known number.</summary>
        public int Fold(ReadOnlySpan<int> all, double ofNone, Func<int, int, int> combine)
        {
            switch (all.Length)
            {
                case 0:
                    return numbers.Constant(ofNone);
                case 1:
                    return all[0];
                default:
                    int half = all.Length / 2;
                    return combine(numbers.Fold(all[..half], ofNone, combine), numbers.Fold(all[half..], ofNone, combine));
            }
        }

        /// <summary>log Σ eˣ of at least one number.</summary>
        public int LogSum(ReadOnlySpan<int> all)
        {
            int largest = numbers.Fold(all, double.NegativeInfinity, numbers.Maximum);
            if (all.Length == 2)
            {
                // Two numbers that are alike may both be infinite.
                int apart = numbers.IfEqual(all[0], all[1], numbers.Constant(0), numbers.Subtract(all[0], all[1]));
                return numbers.Add(largest, numbers.Map<SoftplusKernel>(numbers.Map<NegateKernel>(numbers.Map<AbsKernel>(apart))));
            }
            int shift = numbers.IfEqual(numbers.Subtract(largest, largest), numbers.Constant(0), largest, numbers.Constant(0));
            int[] weights = new int[all.Length];
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] = numbers.Map<ExpKernel>(numbers.Subtract(all[i], shift));
            }
            return numbers.Add(shift, numbers.Map<LogKernel>(numbers.Sum(weights)));
        }

        /// <summary>The sum of all numbers.</summary>
        public int Sum(ReadOnlySpan<int> all) => numbers.Fold(all, 0, numbers.Add);
    }
}
