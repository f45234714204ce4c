using Microsoft.Data.Analysis;
using Pyrite.Conversion;

namespace Pyrite;

/// <summary>Tables from and to the data frames of Microsoft.Data.Analysis.</summary>
public static class DataFrameTables
{
    extension(Table table)
    {
        /// <summary>The table as a data frame: numbers as Double, whole numbers as Int64, truth values as Boolean, categories as String, dates as
        /// DateTime.</summary>
        public DataFrame ToDataFrame()
        {
            ArgumentNullException.ThrowIfNull(table);
            return new DataFrame(table.Columns.Select<Column, DataFrameColumn>(column => column.Kind switch
            {
                ColumnKind.Number => new DoubleDataFrameColumn(column.Name, column.ToNumbers()),
                ColumnKind.Integer => new Int64DataFrameColumn(column.Name, column.ToIntegers()),
                ColumnKind.Truth => new BooleanDataFrameColumn(column.Name, column.ToTruths()),
                ColumnKind.Date => new DateTimeDataFrameColumn(column.Name, column.ToDates()),
                _ => new StringDataFrameColumn(column.Name, column.ToTexts()),
            }));
        }

        /// <summary>A data frame as a table; texts become categories.</summary>
        /// <param name="frame">The data frame.</param>
        /// <exception cref="InvalidDataException">A column is of a type that tables do not have.</exception>
        public static Table From(DataFrame frame)
        {
            ArgumentNullException.ThrowIfNull(frame);
            return Fault.InMemory(() => new Table(frame.Columns.Select(ColumnOf).ToArray()));
        }
    }

    private static Column ColumnOf(DataFrameColumn column)
    {
        ColumnParts parts = new(column.Name);
        for (long i = 0; i < column.Length; i++)
        {
            object? value = column[i];
            Type type = column.DataType;
            if (type == typeof(string))
            {
                parts.Add((string?)value);
            }
            else if (type == typeof(char))
            {
                parts.Add(value?.ToString());
            }
            else if (type == typeof(bool))
            {
                parts.Add((bool?)value);
            }
            else if (type == typeof(DateTime))
            {
                parts.Add((DateTime?)value);
            }
            else if (type == typeof(double) || type == typeof(float) || type == typeof(decimal))
            {
                parts.Add(value is null ? (double?)null : Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture));
            }
            else if (type.IsPrimitive && !(value is > (ulong)long.MaxValue))
            {
                parts.Add(value is null ? (long?)null : Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
            }
            else
            {
                throw parts.Refuse(type.IsPrimitive ? $"{value}, beyond 64-bit signed integers" : $"values of type {type.Name}");
            }
        }
        return parts.Build();
    }
}
