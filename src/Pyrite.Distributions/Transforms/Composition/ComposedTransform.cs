using Pyrite.Checks;
using Pyrite.Functions.Preimages;
using Pyrite.Transforms;

namespace Pyrite;

/// <summary>Several transforms, one after the other.</summary>
public sealed class ComposedTransform : Transform
{
    private readonly Transform[] parts;

    /// <summary>Applies the parts in their order.</summary>
    public ComposedTransform(params ReadOnlySpan<Transform> parts)
    {
        if (parts.Length == 0)
        {
            throw new ArgumentException("ComposedTransform: at least one transform is needed; none was given. Use IdentityTransform.", nameof(parts));
        }
        this.parts = parts.ToArray();
    }

    /// <summary>The parts in the order of application.</summary>
    public IReadOnlyList<Transform> Parts => parts;

    internal override IEnumerable<(Transform Part, Tensor? Mask)> Under(Tensor? mask)
    {
        int rank = DomainRank();
        foreach (Transform part in parts)
        {
            yield return (part, EntryMask.WithAxes(mask, rank - part.Domain.EventRank));
            rank += part.Codomain.EventRank - part.Domain.EventRank;
        }
    }

    internal override Tensor? ArgumentOf(Tensor image)
    {
        Tensor? x = image;
        for (int i = parts.Length - 1; i >= 0 && x is not null; i--)
        {
            x = parts[i].ArgumentOf(x);
        }
        return x;
    }

    internal override DType? GivenType => WidestOf(parts);

    /// <inheritdoc/>
    public override bool MakesAngles => Parts[0].MakesAngles;

    /// <inheritdoc/>
    public override Constraint Domain => Constraints.Independent(parts[0].Domain, DomainRank() - parts[0].Domain.EventRank);

    /// <inheritdoc/>
    public override Constraint Codomain
    {
        get
        {
            int rank = DomainRank();
            Constraint image = parts[0].Domain;
            foreach (Transform part in parts)
            {
                rank += part.Codomain.EventRank - part.Domain.EventRank;
                int imageRank = Math.Max(image.EventRank, part.Domain.EventRank) + part.Codomain.EventRank - part.Domain.EventRank;
                image = image.IsEverything || image.Name == part.Domain.Name ? part.Codomain : Constraints.ImageOf(image, part, imageRank);
            }
            return Constraints.Independent(image, rank - image.EventRank);
        }
    }

    /// <inheritdoc/>
    public override bool IsBijective => Array.TrueForAll(parts, part => part.IsBijective);

    /// <inheritdoc/>
    public override int Sign
    {
        get
        {
            int sign = 1;
            foreach (Transform part in parts)
            {
                sign *= part.Sign;
            }
            return sign;
        }
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        foreach (Transform part in parts)
        {
            x = part.Forward(x);
        }
        return x;
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        for (int i = parts.Length - 1; i >= 0; i--)
        {
            y = y.PreimageUnder(parts[i]) ?? parts[i].Inverse(y);
        }
        return y;
    }

    /// <inheritdoc/>
    public override Tensor LogAbsDetJacobian(Tensor x, Tensor y)
    {
        int rank = DomainRank();
        Tensor? total = null;
        for (int i = 0; i < parts.Length; i++)
        {
            Tensor next = i == parts.Length - 1 ? y : parts[i].Forward(x);
            Tensor term = parts[i].LogAbsDetJacobian(x, next).SumOverLast(rank - parts[i].Domain.EventRank);
            total = total is null ? term : total + term;
            rank += parts[i].Codomain.EventRank - parts[i].Domain.EventRank;
            x = next;
        }
        return total!;
    }

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape)
    {
        foreach (Transform part in parts)
        {
            shape = part.ForwardShape(shape);
        }
        return shape;
    }

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape)
    {
        for (int i = parts.Length - 1; i >= 0; i--)
        {
            shape = parts[i].InverseShape(shape);
        }
        return shape;
    }

    /// <summary>The axes of a value at the start, so that every part finds the axes it needs.</summary>
    private int DomainRank()
    {
        int needed = 0;
        int change = 0;
        foreach (Transform part in parts)
        {
            needed = Math.Max(needed, part.Domain.EventRank - change);
            change += part.Codomain.EventRank - part.Domain.EventRank;
            needed = Math.Max(needed, -change);
        }
        return needed;
    }
}
