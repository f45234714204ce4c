namespace Pyrite;

/// <summary>Derivatives of functions of tensors: products with Jacobians and Hessians, and the matrices themselves.</summary>
/// <remarks>All of them can be nested, and differentiated where the point is tracked.</remarks>
public static class Derivatives
{
    extension(Gradient)
    {
        /// <summary>The gradients of a scalar function of several tensors.</summary>
        /// <param name="function">Maps tensors to a scalar.</param>
        /// <param name="points">Where; one gradient each.</param>
        public static Tensor[] Of(Func<Tensor[], Tensor> function, params Tensor[] points)
        {
            bool isNested = IsNested(points);
            Tensor[] variables = Variables(points, isNested);
            return Gradient.Of(function(variables), variables, createGraph: isNested);
        }

        /// <summary>The value of a function and its vector-Jacobian product: the gradient of Σ cotangent · function.</summary>
        /// <param name="function">Any output shape.</param>
        /// <param name="point">Where.</param>
        /// <param name="cotangent">One weight an output element.</param>
        /// <returns>The value, and the product, of the shape of the point.</returns>
        public static (Tensor Value, Tensor Product) VectorJacobianProduct(Func<Tensor, Tensor> function, Tensor point, Tensor cotangent)
        {
            bool isNested = IsNested(point, cotangent);
            Tensor variable = Variables([point], isNested)[0];
            Tensor value = function(variable);
            Tensor product = Gradient.Of(value, [variable], cotangent, isNested)[0];
            return (isNested ? value : value.Detach(), product);
        }

        /// <summary>The value of a function and its Jacobian-vector product: the derivative along a direction.</summary>
        /// <param name="function">Any output shape.</param>
        /// <param name="point">Where.</param>
        /// <param name="tangent">The direction, of the shape of the point.</param>
        /// <returns>The value, and the product, of the shape of the output.</returns>
        /// <remarks>Computed by reverse mode twice: the product with the transpose is linear in its cotangent, and its own transpose is the product
        /// wanted.</remarks>
        /// <exception cref="ArgumentException">The direction has another shape than the point.</exception>
        public static (Tensor Value, Tensor Product) JacobianVectorProduct(Func<Tensor, Tensor> function, Tensor point, Tensor tangent)
        {
            if (tangent.Shape != point.Shape)
            {
                throw new ArgumentException($"The tangent has shape {tangent.Shape}, the point {point.Shape}; they must agree.", nameof(tangent));
            }
            bool isNested = IsNested(point, tangent);
            Tensor variable = Variables([point], isNested)[0];
            Tensor value = function(variable);
            if (!value.RequiresGradient)
            {
                return (value, Tensor.Zeros(value.Shape, value.DType));
            }
            Tensor weights = Tensor.Zeros(value.Shape, value.DType).AsVariable();
            Tensor transposed = Gradient.Of(value, [variable], weights, createGraph: true)[0];
            Tensor product = transposed.RequiresGradient
                ? Gradient.Of(transposed, [weights], tangent, isNested)[0]
                : Tensor.Zeros(value.Shape, value.DType);
            return (isNested ? value : value.Detach(), product);
        }

        /// <summary>All partial derivatives of a function: the shape of the output followed by that of the point.</summary>
        /// <remarks>One reverse sweep an output element.</remarks>
        public static Tensor Jacobian(Func<Tensor, Tensor> function, Tensor point)
        {
            bool isNested = IsNested(point);
            Tensor variable = Variables([point], isNested)[0];
            Tensor value = function(variable);
            int count = value.Count;
            Tensor[] rows = new Tensor[count];
            for (int i = 0; i < count; i++)
            {
                double[] weights = new double[count];
                weights[i] = 1;
                Tensor cotangent = Tensor.From<double>(weights, value.Shape).To(value.DType);
                rows[i] = Gradient.Of(value, [variable], cotangent, isNested)[0];
            }
            Shape shape = value.Shape + point.Shape;
            return count == 0 ? Tensor.Zeros(shape, point.DType) : Tensor.Stack(rows).Reshape(shape);
        }

        /// <summary>All second partial derivatives of a scalar function: the shape of the point twice.</summary>
        public static Tensor Hessian(Func<Tensor, Tensor> function, Tensor point) => Gradient.Jacobian(x => Gradient.Of(function, x), point);

        /// <summary>The Hessian of a scalar function times a vector, without the matrix.</summary>
        /// <param name="function">Maps a tensor to a scalar.</param>
        /// <param name="point">Where.</param>
        /// <param name="vector">Of the shape of the point.</param>
        public static Tensor HessianVectorProduct(Func<Tensor, Tensor> function, Tensor point, Tensor vector) =>
            Gradient.VectorJacobianProduct(x => Gradient.Of(function, x), point, vector).Product;
    }

    private static bool IsNested(params ReadOnlySpan<Tensor> points)
    {
        bool isNested = false;
        foreach (Tensor point in points)
        {
            isNested |= point.RequiresGradient && NoGradient.IsOff;
        }
        return isNested;
    }

    /// <summary>Tracked points stay themselves, so that an outer derivative sees through; others become variables.</summary>
    private static Tensor[] Variables(ReadOnlySpan<Tensor> points, bool isNested)
    {
        Tensor[] variables = new Tensor[points.Length];
        for (int i = 0; i < variables.Length; i++)
        {
            variables[i] = isNested && points[i].RequiresGradient ? points[i] : points[i].AsVariable();
        }
        return variables;
    }
}
