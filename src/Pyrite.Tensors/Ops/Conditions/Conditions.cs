using Pyrite.Engine;
using Pyrite.Ops.Conditions;
using Pyrite.Ops.Copies;

namespace Pyrite;

/// <summary>Questions to tensors whose answers stay tensors, so that a recorded step goes on without a read.</summary>
public static class Conditions
{
    extension(Tensor x)
    {
        /// <summary>Whether each element belongs to a range: Bool, of the same shape.</summary>
        /// <param name="range">The bounds.</param>
        public Tensor IsWithin(NumberRange range)
        {
            if (x.IsWeak)
            {
                return Tensor.Full(Shape.Scalar, range.Admits(x.WeakValue) ? 1 : 0, DType.Bool);
            }
            Tensor source = x.DType is DType.Bool or DType.UInt8 ? x.To(DType.Int64) : x;
            return Executor.Apply(new ElementTestOperation(range), new TensorSpec(source.Shape, DType.Bool, source.Layout), source);
        }

        /// <summary>Whether all elements belong to a range: a Bool scalar, found in one pass.</summary>
        /// <param name="range">The bounds.</param>
        public Tensor AllWithin(NumberRange range)
        {
            Tensor source = x.IsWeak || x.DType is DType.Bool or DType.UInt8 ? x.To(x.IsWeak ? DType.Float64 : DType.Int64) : x;
            return Executor.Apply(new AllAdmittedOperation(range), new TensorSpec(Shape.Scalar, DType.Bool), source);
        }

        /// <summary>Whether all elements of a Bool tensor are true: a Bool scalar.</summary>
        public Tensor AllTrue() => AllTrueOperation.Of(x);

        /// <summary>Whether matrices [.., n, n] equal their transposes: Bool, [..].</summary>
        /// <param name="tolerance">The share of the larger entry by which two may differ.</param>
        public Tensor IsSymmetric(double tolerance) => SymmetryOperation.Of(x, tolerance);

        /// <summary>Whether all matrices [.., n, n] of real numbers are lower-triangular with a positive diagonal: a Bool scalar.</summary>
        public Tensor AllLowerCholesky() =>
            Executor.Apply(default(LowerCholeskyOperation), new TensorSpec(Shape.Scalar, DType.Bool), x.In(Layout.RowMajor));
    }
}
