using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Pyrite.Hdf5;

namespace Pyrite.Layout;

/// <summary>Arrays with named dimensions as netCDF-4 keeps them in HDF5: a dimension is an array of its entries' numbers or labels, and arrays refer
/// to their dimensions.</summary>
/// <remarks>"HDF5 Dimension Scale Specification", and "NetCDF-4 File Format" (Unidata), appendix C.3 of the user's guide.</remarks>
internal sealed class NetCdfWriter
{
    /// <summary>What a model calls an array or dimension, where the file cannot.</summary>
    public const string OwnName = "pyrite_name";

    /// <summary>Whether an array holds angles.</summary>
    public const string Circular = "pyrite_circular";

    private readonly GlobalHeap heap = new();
    private readonly Hdf5Group root = new();
    private int dimensionCount;

    /// <summary>Adds a group.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="variables">Its arrays.</param>
    /// <param name="attributes">What is said of it.</param>
    public void Add(string name, IReadOnlyList<NetCdfVariable> variables, IEnumerable<KeyValuePair<string, string>> attributes)
    {
        Hdf5Group group = new();
        group.Attributes.AddRange(attributes.Select(attribute => Hdf5Attribute.Of(attribute.Key, attribute.Value)));
        NetCdfNames names = new(variables);
        Dictionary<Hdf5Array, List<(Hdf5Object Array, int Axis)>> uses = [];
        List<(string, Hdf5Object)> arrays = [];
        Dictionary<string, Hdf5Array> scales = [];
        for (int i = 0; i < variables.Count; i++)
        {
            Hdf5Array array = variables[i].Array();
            List<Hdf5Array> along = [];
            for (int axis = 0; axis < variables[i].Dimensions.Count; axis++)
            {
                string dimension = names.DimensionOf(i, axis);
                if (!scales.TryGetValue(dimension, out Hdf5Array? scale))
                {
                    scale = Scale(dimension, variables[i].Dimensions[axis]);
                    scales.Add(dimension, scale);
                    group.Members.Add((dimension, scale));
                }
                if (!uses.TryGetValue(scale, out List<(Hdf5Object, int)>? users))
                {
                    uses[scale] = users = [];
                }
                users.Add((array, axis));
                along.Add(scale);
            }
            if (along.Count > 0)
            {
                array.Attributes.Add(DimensionList(along));
            }
            Describe(array, variables[i], names.Of(i));
            arrays.Add((names.Of(i), array));
        }
        group.Members.AddRange(arrays);
        foreach ((Hdf5Array scale, List<(Hdf5Object, int)> users) in uses)
        {
            AddReferences(scale, users);
        }
        root.Members.Add((name, group));
    }

    /// <summary>Says something of the whole file.</summary>
    public void Say(IEnumerable<KeyValuePair<string, string>> attributes) =>
        root.Attributes.AddRange(attributes.Select(attribute => Hdf5Attribute.Of(attribute.Key, attribute.Value)));

    /// <summary>Writes the file.</summary>
    public void Write(Stream stream) => Hdf5File.Write(stream, root, heap);

    private static void Describe(Hdf5Array array, NetCdfVariable variable, string name)
    {
        if (name != variable.Name)
        {
            array.Attributes.Add(Hdf5Attribute.Of(OwnName, variable.Name));
        }
        if (variable.Type == DType.Bool)
        {
            // As xarray marks truth values, which netCDF does not have.
            array.Attributes.Add(Hdf5Attribute.Of("dtype", "bool"));
        }
        if (variable.IsCircular)
        {
            array.Attributes.Add(Hdf5Attribute.Of(Circular, 1));
        }
    }

    private Hdf5Array Scale(string name, NetCdfDimension dimension)
    {
        Hdf5Array scale =
            dimension.Labels is { } labels
                ? Texts(labels)
                : new Hdf5Array(Hdf5Type.Int64, [dimension.Size],
                    stream => stream.Write(MemoryMarshal.AsBytes<long>([.. Enumerable.Range(0, dimension.Size).Select(entry => (long)entry)])));
        scale.Attributes.Add(Hdf5Attribute.Ascii("CLASS", "DIMENSION_SCALE"));
        scale.Attributes.Add(Hdf5Attribute.Of("NAME", name + "\0"));
        scale.Attributes.Add(Hdf5Attribute.Of("_Netcdf4Dimid", dimensionCount++));
        if (name != dimension.Name)
        {
            scale.Attributes.Add(Hdf5Attribute.Of(OwnName, dimension.Name));
        }
        return scale;
    }

    private Hdf5Array Texts(IReadOnlyList<string> labels)
    {
        Func<byte[]>[] places = new Func<byte[]>[labels.Count];
        for (int i = 0; i < places.Length; i++)
        {
            byte[] text = Encoding.UTF8.GetBytes(labels[i]);
            places[i] = heap.Add(text.Length, text.Length, () => text);
        }
        return new Hdf5Array(Hdf5Type.Text, [labels.Count], stream => Array.ForEach(places, place => stream.Write(place())));
    }

    private Hdf5Attribute DimensionList(IReadOnlyList<Hdf5Array> along)
    {
        Func<byte[]>[] places = [.. along.Select(scale => heap.Add(8, 1, () => BitConverter.GetBytes(scale.Address)))];
        return new Hdf5Attribute("DIMENSION_LIST", Hdf5Type.References, along.Count, () => [.. places.SelectMany(place => place())]);
    }

    /// <summary>Which arrays lie along a dimension. Readers do without it where there are more than an attribute can hold.</summary>
    private static void AddReferences(Hdf5Array scale, List<(Hdf5Object Array, int Axis)> users)
    {
        if (users.Count * Hdf5Type.ReferenceWithDimension.Size > Hdf5Attribute.MostBytes)
        {
            return;
        }
        scale.Attributes.Add(new Hdf5Attribute("REFERENCE_LIST", Hdf5Type.ReferenceWithDimension, users.Count, () =>
        {
            byte[] list = new byte[users.Count * Hdf5Type.ReferenceWithDimension.Size];
            for (int i = 0; i < users.Count; i++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(list.AsSpan(16 * i), users[i].Array.Address);
                BinaryPrimitives.WriteInt32LittleEndian(list.AsSpan((16 * i) + 8), users[i].Axis);
            }
            return list;
        }));
    }
}
