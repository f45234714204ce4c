using PureHDF;
using PureHDF.VOL.Native;

namespace Pyrite.Layout;

/// <summary>Reads groups of arrays with named dimensions.</summary>
/// <param name="file">The file.</param>
/// <param name="path">Where it stands, for messages.</param>
internal sealed class NetCdfReader(NativeFile file, string path)
{
    /// <summary>The arrays of a group but those of its dimensions; null where there is no such group.</summary>
    public IReadOnlyList<NetCdfVariable>? Group(string name)
    {
        if (!file.LinkExists(name))
        {
            return null;
        }
        List<NetCdfVariable> variables = [];
        foreach (IH5Dataset dataset in file.Group(name).Children().OfType<IH5Dataset>().Where(one => !IsScale(one)))
        {
            if (dataset.Type.Class is not (H5DataTypeClass.FixedPoint or H5DataTypeClass.FloatingPoint))
            {
                continue;
            }
            int[] sizes = [.. dataset.Space.Dimensions.Select(size => checked((int)size))];
            variables.Add(new NetCdfVariable(TextOf(dataset, NetCdfWriter.OwnName) ?? dataset.Name, Dimensions(dataset, sizes),
                TextOf(dataset, "dtype") == "bool" ? DType.Bool : dataset.Type.Class == H5DataTypeClass.FixedPoint ? DType.Int64 : DType.Float64,
                Numbers(dataset))
            {
                IsCircular = dataset.AttributeExists(NetCdfWriter.Circular),
            });
        }
        return variables;
    }

    /// <summary>What is said of a group, as far as it is text.</summary>
    public IReadOnlyDictionary<string, string> Attributes(string? group) => (group is null ? file : file.Group(group)).Attributes()
        .Where(attribute => attribute.Type.Class is H5DataTypeClass.String or H5DataTypeClass.VariableLength && !attribute.Name.StartsWith('_'))
        .ToDictionary(attribute => attribute.Name, Text);

    private static bool IsScale(IH5Dataset dataset) => TextOf(dataset, "CLASS") == "DIMENSION_SCALE";

    private static string? TextOf(IH5Object owner, string name) => owner.AttributeExists(name) ? Text(owner.Attribute(name)) : null;

    private static string Text(IH5Attribute attribute) => (attribute.Space.Type == H5DataspaceType.Scalar
        ? attribute.Read<string>()
        : string.Join(", ", attribute.Read<string[]>())).TrimEnd('\0');

    private NetCdfDimension[] Dimensions(IH5Dataset dataset, int[] sizes)
    {
        if (sizes.Length == 0)
        {
            return [];
        }
        if (!dataset.AttributeExists("DIMENSION_LIST"))
        {
            return [.. sizes.Select((size, axis) => new NetCdfDimension($"{dataset.Name}_dim_{axis}", size))];
        }
        NativeObjectReference1[][] references = dataset.Attribute("DIMENSION_LIST").Read<NativeObjectReference1[][]>();
        return [.. references.Select((along, axis) => Dimension((IH5Dataset)file.Get(along[0]), sizes[axis]))];
    }

    private static NetCdfDimension Dimension(IH5Dataset scale, int size)
    {
        string name = TextOf(scale, NetCdfWriter.OwnName) ?? scale.Name;
        bool isText = scale.Type.Class is H5DataTypeClass.String or H5DataTypeClass.VariableLength && scale.Space.Dimensions is [var count]
            && count == (ulong)size;
        return new NetCdfDimension(name, size, isText ? scale.Read<string[]>() : null);
    }

    private double[] Numbers(IH5Dataset dataset)
    {
        bool isSigned = dataset.Type.Class == H5DataTypeClass.FixedPoint && dataset.Type.FixedPoint.IsSigned;
        bool isReal = dataset.Type.Class == H5DataTypeClass.FloatingPoint;
        return (isReal, isSigned, dataset.Type.Size) switch
        {
            (true, _, 8) => dataset.Read<double[]>(),
            (true, _, 4) => Converted(dataset.Read<float[]>(), value => value),
            (false, true, 8) => Converted(dataset.Read<long[]>(), value => value),
            (false, true, 4) => Converted(dataset.Read<int[]>(), value => value),
            (false, true, 2) => Converted(dataset.Read<short[]>(), value => value),
            (false, true, 1) => Converted(dataset.Read<sbyte[]>(), value => value),
            (false, false, 8) => Converted(dataset.Read<ulong[]>(), value => value),
            (false, false, 4) => Converted(dataset.Read<uint[]>(), value => value),
            (false, false, 2) => Converted(dataset.Read<ushort[]>(), value => value),
            (false, false, 1) => Converted(dataset.Read<byte[]>(), value => value),
            _ => throw new InvalidDataException(
                $"Reading \"{path}\": \"{dataset.Name}\" has numbers of {dataset.Type.Size} bytes, which draws cannot hold. Convert it to float64."),
        };
    }

    private static double[] Converted<T>(T[] values, Converter<T, double> convert) => Array.ConvertAll(values, convert);
}
