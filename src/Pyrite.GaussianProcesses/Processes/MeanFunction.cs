using Pyrite.Checks;

namespace Pyrite;

/// <summary>The mean of a process at any place. Numbers and tensors are means, too: a scalar is the mean everywhere, [.., n] the mean at the rows of
/// one
/// process.</summary>
public abstract class MeanFunction
{
    private protected MeanFunction()
    {
    }

    /// <summary>Whether the mean is known at other places than those of the process it was given to.</summary>
    public virtual bool IsKnownEverywhere => true;

    /// <summary>A mean that is written as a function.</summary>
    /// <param name="function">Given places [.., n, columns], gives their means [.., n].</param>
    public static MeanFunction Of(Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new FunctionMean(function);
    }

    /// <summary>The mean x · slopes + intercept.</summary>
    /// <param name="slopes">[columns], or a scalar for one column.</param>
    /// <param name="intercept">A scalar; 0 if not given.</param>
    public static MeanFunction Linear(Tensor slopes, Tensor? intercept = null)
    {
        ArgumentNullException.ThrowIfNull(slopes);
        return new FunctionMean(x => (x * slopes).Sum(-1) + (intercept ?? 0));
    }

    /// <summary>The same mean everywhere.</summary>
    public static implicit operator MeanFunction(double value) => new ValueMean(value);

    /// <summary>A scalar: the mean everywhere; [.., n]: the mean at the rows of one process.</summary>
    public static implicit operator MeanFunction(Tensor values) => new ValueMean(values);

    /// <summary>The means at places.</summary>
    /// <param name="x">[.., n, columns], or [n] for one column.</param>
    /// <returns>[.., n].</returns>
    /// <exception cref="ArgumentException">The shape does not fit.</exception>
    public Tensor At(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Tensor rows = Places.Of(x);
        Tensor mean = Evaluate(rows);
        int n = rows.Shape[^2];
        return mean.Rank == 0 ? mean.BroadcastTo(Shape.Create(n))
            : mean.Shape[^1] == n ? mean
            : mean.Shape[^1] == 1 ? mean.BroadcastTo(mean.Shape[..^1] + [n])
            : throw new ArgumentException($"A mean of shape {mean.Shape} was given for {n} places; it must be a scalar or end in {n} numbers.");
    }

    private protected abstract Tensor Evaluate(Tensor rows);

    private sealed class ValueMean(Tensor values) : MeanFunction
    {
        public override bool IsKnownEverywhere => values.Rank == 0 || values.Shape[^1] == 1;

        private protected override Tensor Evaluate(Tensor rows) => values.IsWeak ? values.To(DType.Float64) : values;
    }

    private sealed class FunctionMean(Func<Tensor, Tensor> function) : MeanFunction
    {
        private protected override Tensor Evaluate(Tensor rows)
        {
            Tensor mean = function(rows);
            return mean.IsWeak ? mean.To(DType.Float64) : mean;
        }
    }
}
