using Pyrite.Language.Sites;

namespace Pyrite.Inference.Agreement;

/// <summary>What model and guide must agree on at a latent that both have: its role, plates, shapes, factors and mask.</summary>
internal static class LatentContract
{
    // Scales are products of the same factors, perhaps in another order.
    private const double Rounding = 1e-9;

    /// <summary>Compares the two sites; values that are still to be computed are compared when they are there.</summary>
    /// <exception cref="ModelException">They differ.</exception>
    public static void Verify(SampleSite latent, SampleSite drawn, Trace model, Trace guide)
    {
        CheckRoles(latent, drawn);
        if (!HaveSamePlates(latent, drawn))
        {
            RefuseNamesakes(latent, drawn);
        }
        CheckShapes(latent, drawn, model, guide);
        if (!HaveSamePlates(latent, drawn))
        {
            RefusePlates(latent, drawn);
        }
        CheckScales(latent, drawn);
        MaskAgreement.Compare(latent, drawn);
    }

    /// <summary>Whether the guide's score is 0 whatever it is multiplied by: that of a point, written by hand.</summary>
    public static bool IsPoint(SampleSite drawn) =>
        DistributionFamily.Of(drawn.Distribution) is Delta { LogDensityAtPoint: { IsWeak: true, WeakValue: 0 } }
            && drawn.Options.Find<GuideSite>() is null;

    /// <summary>A site of the guide alone is not in the model, and one that keeps its prior is not in the guide.</summary>
    private static void CheckRoles(SampleSite latent, SampleSite drawn)
    {
        if (latent.IsAuxiliary)
        {
            throw AuxiliaryInModel(latent);
        }
        if (latent.IsFromPrior)
        {
            throw new ModelException(ModelError.RolesContradict, latent.Name,
                "the model marks it fromPrior: true, but the guide draws it. Leave the mark out, or take it out of the guide.");
        }
        if (drawn.IsAuxiliary)
        {
            throw new ModelException(ModelError.RolesContradict, latent.Name,
                "the guide marks it auxiliary: true, but the model has it. Leave the mark out, or take it out of the model.");
        }
    }

    /// <summary>The error of a site of the model that is marked as the guide's own.</summary>
    public static ModelException AuxiliaryInModel(SampleSite latent) => new(ModelError.RolesContradict, latent.Name,
        "the model marks it auxiliary: true, which is for draws of the guide alone. Leave the mark out; a latent of the model that shall keep its "
            + "prior is marked fromPrior: true.");

    private static bool HaveSamePlates(SampleSite latent, SampleSite drawn) =>
        AreAmong(latent.PlateFrames, drawn.PlateFrames) && AreAmong(drawn.PlateFrames, latent.PlateFrames);

    private static bool AreAmong(PlateFrame[] plates, PlateFrame[] others)
    {
        foreach (PlateFrame plate in plates)
        {
            if (plate.IsVectorized && Array.IndexOf(others, plate) < 0)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Plates of one name that are not the same plate.</summary>
    private static void RefuseNamesakes(SampleSite latent, SampleSite drawn)
    {
        foreach (PlateFrame plate in drawn.PlateFrames)
        {
            foreach (PlateFrame other in latent.PlateFrames)
            {
                if (plate.Name == other.Name && plate.IsVectorized && other.IsVectorized && plate != other)
                {
                    throw PlatesDiffer(other, plate);
                }
            }
        }
    }

    /// <summary>The error of a plate that model and guide open differently.</summary>
    public static ModelException PlatesDiffer(PlateFrame inModel, PlateFrame inGuide) => new(ModelError.PlatesDiffer, inGuide.Name,
        $"model and guide disagree on the plate: the model has {PlateShape.Describe([inModel])}, the guide {PlateShape.Describe([inGuide])}. Keep "
            + "one PlateAxis and enter it in both, or give the same size, subsample size and dimension.");

    private static void RefusePlates(SampleSite latent, SampleSite drawn) => throw new ModelException(ModelError.PlatesDiffer, latent.Name,
        $"model and guide draw it in different plates: the model in {PlateShape.Describe(Vectorized(latent))}, the guide "
            + $"in {PlateShape.Describe(Vectorized(drawn))}. Open the same plates, by the same names, around it in both.");

    private static PlateFrame[] Vectorized(SampleSite site) => Array.FindAll(site.PlateFrames, plate => plate.IsVectorized);

    private static void CheckShapes(SampleSite latent, SampleSite drawn, Trace model, Trace guide)
    {
        Distribution prior = latent.Distribution;
        Distribution posterior = drawn.Distribution;
        if (posterior.EventShape != prior.EventShape)
        {
            throw new ModelException(ModelError.EventShapesDiffer, latent.Name,
                $"model and guide disagree on its event: the model has event shape {prior.EventShape}, the guide {posterior.EventShape}. Call "
                    + $"ToEvent with the same number in both.\nGuide: {guide.ShapeTable()}\nModel:").With(model.ShapeTable);
        }
        int rank = Math.Max(prior.BatchShape.Rank, posterior.BatchShape.Rank);
        for (int i = 1; i <= rank; i++)
        {
            if (Size(prior.BatchShape, i) != Size(posterior.BatchShape, i))
            {
                throw new ModelException(ModelError.BatchShapesDiffer, latent.Name,
                    $"model and guide disagree on its batch: the model has batch shape {prior.BatchShape} in {PlateShape.Describe(latent.Plates)}, "
                        + $"the guide {posterior.BatchShape} in {PlateShape.Describe(drawn.Plates)}. Open the same plates around it in both, and "
                        + $"give the guide's parameters no axes beyond them.\nGuide: {guide.ShapeTable()}\nModel:").With(model.ShapeTable);
            }
        }
    }

    private static int Size(Shape shape, int fromRight) => fromRight <= shape.Rank ? shape[-fromRight] : 1;

    private static void CheckScales(SampleSite latent, SampleSite drawn)
    {
        bool isScaleSame = latent.Scale == drawn.Scale || Math.Abs(latent.Scale - drawn.Scale) <= Rounding * Math.Abs(latent.Scale);
        if ((isScaleSame && ReferenceEquals(latent.Weight, drawn.Weight)) || IsPoint(drawn))
        {
            return;
        }
        if (latent.Weight is null && drawn.Weight is null)
        {
            throw ScalesDiffer(latent, Text(latent.Scale), Text(drawn.Scale));
        }
        CompareWeights(latent, drawn);
    }

    /// <summary>A method of its own: what its lambda captures would be allocated for every latent of every step.</summary>
    private static void CompareWeights(SampleSite latent, SampleSite drawn)
    {
        using NoGradient.Scope untracked = NoGradient.Begin();
        Tensor inModel = Factors(latent);
        Tensor inGuide = Factors(drawn);
        if (PlateShape.TryBroadcast(inModel.Shape, inGuide.Shape) is null)
        {
            throw ScalesDiffer(latent, $"weights of shape {inModel.Shape}", $"weights of shape {inGuide.Shape}");
        }
        Tensor verdict = (inModel - inGuide).Abs() <= 1e-6 * inModel.Abs();
        PairCheck.Add(verdict, inModel,
            value =>
                ScalesDiffer(latent, latent.Weight is null ? Text(latent.Scale) : $"{value}",
                    drawn.Weight is null ? Text(drawn.Scale) : $"{inGuide}"));
    }

    private static Tensor Factors(SampleSite site) => site.Weight is { } weight ? weight * site.Scale : Tensor.Full(Shape.Scalar, site.Scale);

    private static ModelException ScalesDiffer(SampleSite latent, string inModel, string inGuide) => new(ModelError.ScalesDiffer, latent.Name,
        $"model and guide count it differently: its log-density is multiplied by {inModel} in the model, by {inGuide} in the guide. Put the same "
            + "ScaleHandler, or the same subsampled plate, around it in both.");

    private static string Text(double scale) => scale.ToString("G7", System.Globalization.CultureInfo.InvariantCulture);
}
