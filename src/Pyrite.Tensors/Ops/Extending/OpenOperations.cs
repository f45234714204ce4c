using Pyrite.Engine;
using Pyrite.Ops.Copies;
using Pyrite.Ops.Extending;

namespace Pyrite;

/// <summary>Operations that you write yourself, with their gradients.</summary>
public static class OpenOperations
{
    extension(Tensor x)
    {
        /// <summary>An element-wise function of your own; the shape stays.</summary>
        /// <remarks>Integers become reals of the default precision.</remarks>
        /// <typeparam name="TFunction">The function.</typeparam>
        public Tensor Map<TFunction>() where TFunction : struct, IElementFunction => Ops.Elementwise.Map<ElementKernel<TFunction>>.Of(x);

        /// <summary>An element-wise function of your own of this tensor and another.</summary>
        /// <param name="other">The second argument; broadcasts.</param>
        /// <typeparam name="TFunction">The function.</typeparam>
        /// <exception cref="ArgumentException">The shapes do not broadcast.</exception>
        public Tensor Zip<TFunction>(Tensor other) where TFunction : struct, IElementPairFunction =>
            Ops.Elementwise.Zip<ElementPairKernel<TFunction>>.Of(x, other);
    }

    extension(Tensor)
    {
        /// <summary>Applies an operation of your own.</summary>
        /// <param name="operation">The operation with its attributes.</param>
        /// <param name="inputs">At least one; integers become reals, and all take the widest precision among them.</param>
        /// <exception cref="ArgumentException">There is no input, or the operation refuses the shapes.</exception>
        public static Tensor Apply<TOperation>(TOperation operation, params ReadOnlySpan<Tensor> inputs)
            where TOperation : struct, ITensorOperation, IEquatable<TOperation>
        {
            if (inputs.IsEmpty)
            {
                throw new ArgumentException($"The operation \"{operation.Name}\" was applied to nothing; give it at least one tensor.",
                    nameof(inputs));
            }
            DType? widest = null;
            foreach (Tensor input in inputs)
            {
                if (!input.IsWeak && input.DType.IsFloatingPoint)
                {
                    widest = widest is { } known ? DTypeProperties.Promote(known, input.DType) : input.DType;
                }
            }
            DType type = widest ?? Precision.Default;
            Tensor[] prepared = new Tensor[inputs.Length];
            Shape[] shapes = new Shape[inputs.Length];
            for (int i = 0; i < prepared.Length; i++)
            {
                prepared[i] = inputs[i].To(type).In(Layout.RowMajor);
                shapes[i] = prepared[i].Shape;
            }
            return Executor.Apply(new OpenOperation<TOperation>(operation), new TensorSpec(operation.ResultShape(shapes), type), prepared);
        }
    }
}
